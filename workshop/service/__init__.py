"""Every command and query, by who asks: participate, facilitate, organize, accounts."""
