"""Catalogued Cypher queries with typed parameters and rows, and questions in words."""
