"""What the reviews so far show: activity, retention, weak spots, items."""
