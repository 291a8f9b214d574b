//! The pages, walked as every role, and seen in a browser.
