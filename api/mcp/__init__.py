"""The graph for agents: a few tools of the Model Context Protocol, over stdio or HTTP."""
