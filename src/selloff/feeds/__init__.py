"""Public sources of data: fetched, checked, parsed. The only room that touches the network."""
