"""Drawing aids shared by several views."""
