"""Japan: prices, output, branches, balance sheets and exporters."""
