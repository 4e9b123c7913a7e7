"""Files that this program exported: recognize them, and protect others from replacement."""
