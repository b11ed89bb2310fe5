"""What the model leaves out, in sentences."""

from selloff.evidence import limits


def test_limits_are_sentences_each_said_once() -> None:
    said = limits()
    assert len(said) >= 5
    assert len(set(said)) == len(said)
    assert all(each.endswith(".") and each[0].isupper() for each in said)
