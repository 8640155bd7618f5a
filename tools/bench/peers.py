"""What people use today: which of it is installed, and how it is run.

Each peer gets the areas beforehand, in the form and with the indexes that suit
it, and answers the same question: the authority of each row, miles from the
border of the home authority (0 inside), miles from its centre, and the
category. Only answering counts: from the CSV file of rows to the CSV file of
answers, whose sixth to ninth cells are code, border, centre, category. A
program without a server also reads the areas while it is measured, as howfar
does.
"""

import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time

from measuring import ROOT, Failed, first_line

SCRIPTS = os.path.join(ROOT, "tools", "bench", "peers")
# Debian's python3 has Debian's packages; another may come first in PATH.
PYTHONS = ("python3", "/usr/bin/python3")
servers = []


def copiers(source, out):
    """Names and commands of programs that copy a CSV, row by row."""
    mlr, duckdb = shutil.which("mlr"), shutil.which("duckdb")
    copy = "COPY (FROM read_csv('%s')) TO '%s' (HEADER)" % (source, out)
    return [
        ("Miller copying the CSV", mlr and [mlr, "--csv", "cat", source]),
        ("DuckDB copying the CSV", duckdb and [duckdb, "-c", copy]),
    ]


def python_with(*modules):
    for python in PYTHONS:
        test = [python, "-c", "import " + ", ".join(modules)]
        if shutil.which(python) and not subprocess.call(
            test, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ):
            return python
    return None


class Peer:
    note = ""

    def __init__(self, measurement):
        self.m = measurement

    def absent(self):
        """Why it can't be measured; "" if it can."""
        return ""

    def prepare(self):
        pass

    # ---- what more than one of them needs

    def adjoining(self):
        """A file with the codes of the home authority's neighbours."""
        path = self.m.file("adjoining.txt")
        if not os.path.exists(path):
            done = subprocess.run(
                [self.m.bench.howfar, "neighbours", self.m.home]
                + ["--shapes", self.m.path, "--format", "json", "--quiet"],
                capture_output=True,
                text=True,
            )
            codes = set(re.findall(r'"([A-Z][0-9]{8})"', done.stdout))
            codes.discard(self.m.home)
            with open(path, "w") as file:
                file.write("".join(code + "\n" for code in sorted(codes)))
        return path

    def rings(self):
        path = self.m.file("rings.txt")
        if not os.path.exists(path):
            self.m.bench.run(
                [self.m.bench.program("rows"), self.m.path, "rings", "1", "1"],
                output=path,
            )
        return path

    def not_british(self):
        plane = self.m.facts["plane"]
        return "" if plane == "EPSG:27700" else "the plane is not EPSG:27700"


class Script(Peer):
    """A program that reads the shapefile itself."""

    def command(self):
        raise NotImplementedError

    def run(self, source, rows, out):
        files = [self.m.path, self.m.home, self.adjoining(), source, out]
        return self.m.bench.run(self.command() + files, rows)


class Vectorised(Script):
    key, name = "shapely", "Shapely, pyproj, scipy, vectorised by hand"
    modules = ("geopandas", "pyproj", "scipy.spatial", "pandas")
    script = "vectorised.py"

    def absent(self):
        self.python = python_with(*self.modules)
        if self.python:
            return ""
        return "no python3 with " + ", ".join(self.modules)

    def command(self):
        return [self.python, os.path.join(SCRIPTS, self.script)]


class GeoPandas(Vectorised):
    key, name = "geopandas", "GeoPandas, planar"
    modules = ("geopandas", "pandas")
    script = "geopandas_join.py"

    def absent(self):
        why = super().absent()
        test = "import geopandas; geopandas.GeoSeries([]).sindex"
        if why or not subprocess.run(
            [self.python, "-c", test], capture_output=True
        ).returncode:
            return why
        return "GeoPandas lacks rtree or pygeos for its spatial index"


class Sf(Script):
    key, name = "sf", "R sf, planar"

    def absent(self):
        test = ["Rscript", "-e", "library(sf)"]
        if not shutil.which("Rscript"):
            return "no Rscript"
        there = subprocess.run(test, capture_output=True).returncode == 0
        return "" if there else "R has no package sf"

    def command(self):
        return ["Rscript", os.path.join(SCRIPTS, "sf.R")]


class SpatiaLite(Peer):
    key, name = "spatialite", "SpatiaLite, R-trees"

    def absent(self):
        for python in filter(shutil.which, PYTHONS):
            test = (
                "import sqlite3; d = sqlite3.connect(':memory:');"
                "d.enable_load_extension(True);"
                "d.load_extension('mod_spatialite')"
            )
            if not subprocess.run(
                [python, "-c", test], capture_output=True
            ).returncode:
                self.python = python
                return self.not_british()
        return "no mod_spatialite that python3 can load"

    def script(self, *words):
        path = os.path.join(SCRIPTS, "spatialite.py")
        return [self.python, path, *words]

    def prepare(self):
        self.database = self.m.file("areas.sqlite")
        files = [self.rings(), self.m.home, self.adjoining(), self.database]
        self.m.bench.run(self.script("prepare", *files))

    def run(self, source, rows, out):
        return self.m.bench.run(
            self.script("answer", self.database, source, out), rows
        )


class Server:
    """A PostgreSQL of our own on a socket in a temporary folder."""

    def __init__(self, programs):
        self.programs = programs
        self.folder = tempfile.mkdtemp(prefix="howfar-bench-pg-")
        self.as_user = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.as_user = {
                "user": user.pw_uid,
                "group": user.pw_gid,
                "extra_groups": [],
            }
        self.process = None
        servers.append(self)
        self.start()

    def start(self):
        data = os.path.join(self.folder, "data")
        made = subprocess.run(
            [os.path.join(self.programs, "initdb"), "--no-sync", "-D", data]
            + ["-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C"],
            capture_output=True,
            text=True,
            cwd=self.folder,
            **self.as_user,
        )
        if made.returncode:
            raise Failed("initdb: " + made.stderr.strip()[-300:])
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "shared_buffers": "512MB",
            "work_mem": "256MB",
            "maintenance_work_mem": "256MB",
            "effective_cache_size": "2GB",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_wal_size": "4GB",
            "autovacuum": "off",
            "jit": "off",
            "random_page_cost": "1.0",
            "min_parallel_table_scan_size": "0",
            "parallel_setup_cost": "0",
            "parallel_tuple_cost": "0",
        }
        command = [os.path.join(self.programs, "postgres"), "-D", data]
        for name, value in settings.items():
            command += ["-c", "%s=%s" % (name, value)]
        self.log = open(os.path.join(self.folder, "log"), "wb")
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            cwd=self.folder,
            **self.as_user,
        )
        ready = [os.path.join(self.programs, "pg_isready"), "-q"]
        for _ in range(100):
            if not subprocess.call(ready + ["-h", self.folder]):
                return
            time.sleep(0.1)
        raise Failed("PostgreSQL does not start")

    def psql(self, script, source, **variables):
        command = [os.path.join(self.programs, "psql"), "-q", "-X"]
        command += ["-h", self.folder, "-U", "bench", "-d", "postgres"]
        command += ["-v", "ON_ERROR_STOP=1"]
        for name, value in variables.items():
            command += ["-v", "%s=%s" % (name, value)]
        command += ["-f", os.path.join(SCRIPTS, script)]
        return ["sh", "-c", 'f=$1; shift; "$@" <"$f"', "sh", source] + command

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)
            self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostGIS(Peer):
    """All queries share a server, which `prepare` of the first one starts."""

    script, workers = "postgis-tuned.sql", 0
    note = "memory of the backend"
    key, name = "postgis", "PostGIS tuned by hand"
    shared = {}

    def absent(self):
        for path in sorted(glob.glob("/usr/share/postgresql/*"), reverse=True):
            programs = "/usr/lib/postgresql/%s/bin" % os.path.basename(path)
            extension = os.path.join(path, "extension", "postgis.control")
            if os.path.exists(extension) and os.path.exists(
                os.path.join(programs, "initdb")
            ):
                self.programs = programs
                return self.not_british()
        return "no PostgreSQL with PostGIS"

    def prepare(self):
        if self.shared.get("measurement") is not self.m:
            server = Server(self.programs)
            codes = open(self.adjoining()).read().split()
            self.m.bench.run(
                server.psql(
                    "postgis-prepare.sql",
                    self.rings(),
                    home=self.m.home,
                    adjoining=",".join(codes),
                )
            )
            self.shared.update(measurement=self.m, server=server)
        self.server = self.shared["server"]

    def run(self, source, rows, out):
        memory = self.m.file("memory.txt")
        measured = self.m.bench.run(
            self.server.psql(
                self.script,
                source,
                answers=out,
                memory=memory,
                workers=self.workers,
            ),
            rows,
        )
        peak = re.search(r"VmHWM:\s*([0-9]+) kB", open(memory).read())
        if peak:
            measured.memory_mb = int(peak.group(1)) / 1024
        return measured


class PostGISWorker(PostGIS):
    key, name, workers = "postgis-worker", "PostGIS tuned, with a worker", 1


class PostGISGeography(PostGIS):
    key, name = "postgis-geography", "PostGIS geography, as mostly written"
    script = "postgis-geography.sql"


PEERS = (
    Vectorised,
    GeoPandas,
    PostGIS,
    PostGISWorker,
    PostGISGeography,
    Sf,
    SpatiaLite,
)


def all_peers(measurement):
    return [peer(measurement) for peer in PEERS]


def stop_all():
    while servers:
        servers.pop().stop()
    PostGIS.shared.clear()


def versions():
    """Of what is installed, one line each."""
    found = []
    if shutil.which("mlr"):
        found.append(first_line("mlr", "--version"))
    if shutil.which("duckdb"):
        found.append("DuckDB " + first_line("duckdb", "--version"))
    python = python_with("geopandas", "shapely", "pyproj")
    if python:
        found.append(
            first_line(
                python,
                "-c",
                "import geopandas, shapely, pyproj; print('GeoPandas %s;"
                " Shapely %s; pyproj %s' % (geopandas.__version__,"
                " shapely.__version__, pyproj.__version__))",
            )
        )
    package = ["dpkg-query", "-W", "-f", "${Package} ${Version}\n"]
    for name in (
        "postgresql-15-postgis-3",
        "libsqlite3-mod-spatialite",
        "r-cran-sf",
    ):
        line = first_line(*package, name)
        if line.startswith(name + " "):
            found.append(line)
    return found
