"""The verbs, by what they speak of: claims, quotes, assessments; and prose, tables, changes, audit, corrections."""
