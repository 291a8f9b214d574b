//! Routes, forms, pages and the JSON interface.
