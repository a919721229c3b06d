-- Deals that owe anything are in one list, whatever they owe it in: before, each asset had its own.

UPDATE deals SET tags = (
  SELECT json_group_array(CASE WHEN value GLOB 'owes:*' THEN 'owes:any' ELSE value END)
  FROM json_each(deals.tags)
) WHERE id IN (SELECT id FROM deals_tags WHERE tag >= 'owes:' AND tag < 'owes;');
UPDATE deals_tags SET tag = 'owes:any' WHERE tag >= 'owes:' AND tag < 'owes;';
