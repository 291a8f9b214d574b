//! Run charts and control charts, with rule sets as named profiles.
