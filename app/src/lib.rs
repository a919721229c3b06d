//! The web application: pages, components, islands.
