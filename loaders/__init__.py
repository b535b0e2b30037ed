"""From the bytes of a notice to a graph fragment with evidence for every edge."""
