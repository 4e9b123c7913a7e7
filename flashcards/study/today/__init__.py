"""What the home screen and `due` show about today."""
