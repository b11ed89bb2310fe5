"""The gallery: every kind of chart from one result, each meeting the schema, on one small page."""

import json

import gallery
import gallery_charts
import jsonschema

from selloff import charts


def test_every_kind_meets_the_schema_and_is_small(build) -> None:
    (dump, _), (slow, _) = build(draws=20, reacts=True), build(draws=20, years=10.0)
    made = gallery_charts.drawn(dump, slow)
    kinds = {one.kind for one in made}
    assert kinds == set(charts.schema()["discriminator"]["mapping"])
    text = charts.charts_json(made)
    assert not set("<>&") & set(text)
    plain = json.loads(text)
    schema = jsonschema.Draft202012Validator(charts.schema())
    for one in plain:
        schema.validate(one)
    largest = {one.id: len(charts.charts_json([one])) for one in made}
    assert max(largest.values()) < 20_000
    assert len(gallery.render(made)) < 400_000
