# R sf: a spatial join, and distances in the plane of the areas.
#
#     Rscript sf.R SHAPEFILE HOME ADJOINING ROWS ANSWERS
suppressPackageStartupMessages(library(sf))
a <- commandArgs(trailingOnly = TRUE)
mile_m <- 1609.344
areas <- st_read(a[1], quiet = TRUE)
areas$code <- areas[[grep("cd$", names(areas), ignore.case = TRUE)[1]]]
neighbours <- scan(a[3], "", quiet = TRUE)
rows <- read.csv(a[4], colClasses = c("character", "character", "numeric",
                                      "numeric", "character"))
known <- which(!is.na(rows$latitude))
lonlat <- st_as_sf(rows[known, c("longitude", "latitude")],
                   coords = c("longitude", "latitude"), crs = 4326)
points <- st_transform(lonlat, st_crs(areas))
home <- areas[areas$code == a[2], ]
found <- st_intersects(points, areas)
code <- vapply(found, function(k) if (length(k)) areas$code[k[1]] else "", "")
inside <- code == a[2]
# Planar distances, as the plane of the areas has them; s2 and its sphere would
# be farther off.
border <- as.numeric(st_distance(points, home)) / mile_m
centre <- as.numeric(st_distance(points, st_centroid(st_geometry(home)))) /
  mile_m
border[inside] <- 0
rows$code <- ""
rows$border <- NA
rows$centre <- NA
rows$category <- "unknown"
rows$code[known] <- code
rows$border[known] <- round(border, 4)
rows$centre[known] <- round(centre, 4)
rows$category[known] <- ifelse(code == "", "unknown", ifelse(inside,
  "in-county", ifelse(code %in% neighbours, "neighbouring", "distant")))
write.csv(rows, a[5], row.names = FALSE, quote = FALSE, na = "")
