"""Questions in Chinese and English: times, forms, and the queries that answer them."""
