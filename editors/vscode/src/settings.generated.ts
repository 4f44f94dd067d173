// Written by scripts/settings.mjs: the keys of gouji.toml that are settings here too.
export const KEYS: readonly string[] = [
  "bands",
  "format",
  "forms",
  "ignore",
  "inlay-hints",
  "phrases",
  "references",
  "rules",
  "select",
  "terms",
  "typos",
  "unwanted",
];
