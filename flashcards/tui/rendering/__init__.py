"""From values to lines of styled text."""
