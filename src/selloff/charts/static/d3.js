// The vendored parts of d3 put their functions in one global object, unchanged from upstream.
import "./vendor/d3-array.min.js";
import "./vendor/d3-interpolate.min.js";
import "./vendor/d3-path.min.js";
import "./vendor/d3-scale.min.js";
import "./vendor/d3-shape.min.js";
import "./vendor/d3-sankey.min.js";

export const d3 = globalThis.d3;
