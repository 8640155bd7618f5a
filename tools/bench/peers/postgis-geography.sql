-- As it is mostly written: geography throughout.
CREATE UNLOGGED TABLE rows_in (placement text, started text,
    latitude float8, longitude float8, provider text);
\copy rows_in from pstdin with (format csv, header)
ANALYZE rows_in;
SET max_parallel_workers_per_gather = :workers;
COPY (
    SELECT r.*, a.code,
           round((ST_Distance(home.area, g.x) / 1609.344)::numeric, 4),
           round((ST_Distance(home.centre, g.x) / 1609.344)::numeric, 4),
           CASE WHEN a.code IS NULL THEN 'unknown'
                WHEN a.code = home.code THEN 'in-county'
                WHEN adjoining.code IS NOT NULL THEN 'neighbouring'
                ELSE 'distant' END
    FROM rows_in r CROSS JOIN home
    CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(
        r.longitude, r.latitude), 4326)::geography AS x) g
    LEFT JOIN LATERAL (SELECT area_geography.code FROM area_geography
        WHERE ST_Covers(area_geography.area, g.x) LIMIT 1) a ON true
    LEFT JOIN adjoining ON adjoining.code = a.code
) TO STDOUT WITH (format csv, header) \g :answers
\set query 'SELECT pg_read_file(''/proc/self/status'')'
\pset tuples_only on
\pset format unaligned
:query \g :memory
DROP TABLE rows_in;
