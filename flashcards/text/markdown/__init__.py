"""Parse card text into blocks and inline markup."""
