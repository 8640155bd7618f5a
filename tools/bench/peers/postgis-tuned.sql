-- Tuned: small parts, nearest point in the plane, geodesic to it.
CREATE UNLOGGED TABLE rows_in (placement text, started text,
    latitude float8, longitude float8, provider text);
\copy rows_in from pstdin with (format csv, header)
ANALYZE rows_in;
SET max_parallel_workers_per_gather = :workers;
COPY (
    SELECT r.*, a.code,
           round((CASE WHEN a.code = home.code THEN 0 ELSE ST_Distance(
               ST_Transform(ST_ClosestPoint(home.border, r27700.x), 4326)
               ::geography, r4326.x::geography) / 1609.344 END)::numeric, 4),
           round((ST_Distance(home.centre, r4326.x::geography)
               / 1609.344)::numeric, 4),
           CASE WHEN a.code IS NULL THEN 'unknown'
                WHEN a.code = home.code THEN 'in-county'
                WHEN adjoining.code IS NOT NULL THEN 'neighbouring'
                ELSE 'distant' END
    FROM rows_in r CROSS JOIN home
    CROSS JOIN LATERAL (SELECT ST_SetSRID(
        ST_MakePoint(r.longitude, r.latitude), 4326) AS x) r4326
    CROSS JOIN LATERAL (SELECT ST_Transform(r4326.x, 27700) AS x OFFSET 0)
        r27700
    LEFT JOIN LATERAL (SELECT part.code FROM part
        WHERE ST_Intersects(part.area, r27700.x) LIMIT 1) a ON true
    LEFT JOIN adjoining ON adjoining.code = a.code
) TO STDOUT WITH (format csv, header) \g :answers
\set query 'SELECT pg_read_file(''/proc/self/status'')'
\pset tuples_only on
\pset format unaligned
:query \g :memory
DROP TABLE rows_in;
