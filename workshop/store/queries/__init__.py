"""The queries, one module per table or question; each takes the transaction first."""
