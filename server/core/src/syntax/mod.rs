//! Text to lines by shape, lines to cells. Lossless, incremental; knows no form.
