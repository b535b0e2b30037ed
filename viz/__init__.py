"""Pages and exports drawn from query rows; everything works offline."""
