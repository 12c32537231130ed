#!/usr/bin/env bash
# Runs SUMO on the road, density and step of `understudy bench traffic`, then that benchmark, on this machine, and
# prints both speeds and their ratio: one JSON object on standard output, the rest on standard error.
#
#   bench/peers/sumo.sh [vehicles]        default 500; four lanes, 12.5 veh/km/lane, steps of 0.1 s
#
# An update is one vehicle moved through one step. Both sides are counted per CPU second of one thread; SUMO's time of
# loading is measured apart and taken off. SUMO is a general network simulator that does more than move traffic along
# a highway: the ratio says what a highway costs in each, not which program is better made.
set -euo pipefail

vehicles=${1:-500}
root=$(cd "$(dirname "$0")/../.." && pwd)
[[ $vehicles =~ ^[0-9]+$ ]] && ((vehicles >= 20 && vehicles <= 5000)) || {
  echo "sumo.sh: $vehicles: expected a number of vehicles from 20 to 5000" >&2
  exit 2
}
for program in sumo netconvert node; do
  command -v "$program" >/dev/null || {
    echo "sumo.sh: $program is not installed; on Debian and Ubuntu: apt-get install sumo (Node 20.19 or newer for node)" >&2
    exit 2
  }
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# The road goes on for twice its length, so that hardly anybody leaves while it is timed.
length=$((vehicles * 20))
cat >nodes.xml <<XML
<nodes><node id="a" x="0" y="0"/><node id="b" x="$length" y="0"/><node id="c" x="$((3 * length))" y="0"/></nodes>
XML
cat >edges.xml <<XML
<edges><edge id="road" from="a" to="b" numLanes="4" speed="36"/><edge id="beyond" from="b" to="c" numLanes="4" speed="36"/></edges>
XML
netconvert --node-files nodes.xml --edge-files edges.xml --output-file net.xml --no-turnarounds true >/dev/null 2>&1
{
  echo '<routes><vType id="car" carFollowModel="IDM" tau="1.5" accel="1.5" decel="2.0" minGap="2.0" delta="4" length="4.8" speedFactor="normc(0.95,0.12,0.6,1.3)"/>'
  echo '<route id="r" edges="road beyond"/>'
  awk -v n="$vehicles" 'BEGIN { for (i = 0; i < n; i++)
    printf "<vehicle id=\"%d\" type=\"car\" route=\"r\" depart=\"0\" departLane=\"%d\" departPos=\"%.1f\" departSpeed=\"25\"/>\n", i, i % 4, 10 + int(i / 4) * 79.0 }'
  echo '</routes>'
} >routes.xml

# run NAME END [options]: CPU seconds and, in NAME.log, SUMO's own statistics.
run() {
  local name=$1 end=$2
  shift 2
  local TIMEFORMAT='%U %S'
  { time sumo -n net.xml -r routes.xml --step-length 0.1 --begin 0 --end "$end" --no-step-log \
    --duration-log.statistics --time-to-teleport -1 --collision.action none --seed 1 --threads 1 --no-warnings \
    "$@" >"$name.log" 2>"$name.err"; } 2>"$name.time" || {
    echo "sumo.sh: sumo failed: $(head -3 "$name.err")" >&2
    exit 1
  }
}

# measure NAME END [options]: vehicle updates per CPU second.
measure() {
  local name=$1 end=$2
  shift 2
  echo "SUMO, $name, $vehicles vehicles, ${end} s ..." >&2
  run "$name-load" 0.1 "$@"
  run "$name" "$end" "$@"
  awk '
    FILENAME ~ /load.time/ { load_cpu = $1 + $2 }
    FILENAME ~ /\.time$/ && FILENAME !~ /load/ { cpu = $1 + $2 }
    FILENAME ~ /\.log$/ && /Duration:/ && !seen++ { sub(/s$/, "", $2); duration = $2 }
    FILENAME ~ /\.log$/ && /UPS:/ { ups = $2 }
    END {
      if (ups <= 0 || cpu <= load_cpu) { print "no statistics" > "/dev/stderr"; exit 1 }
      printf "%.0f\n", ups * duration / (cpu - load_cpu)
    }' "$name-load.time" "$name.time" "$name.log"
}

# Short enough that the first vehicle is still on the road at the end.
seconds=$((length / 25 < 240 ? length / 25 : 240))
# larger A B: the larger of two integers.
larger() { (($1 > $2)) && echo "$1" || echo "$2"; }

version=$(sumo --version 2>/dev/null || true)
version=$(grep -oE -m1 '[0-9]+\.[0-9]+\.[0-9]+' <<<"$version" || true)

# In turn, three times, and the best of each: what else runs on the machine slows all of them.
lane=0 sublane=0
for round in 1 2 3; do
  lane=$(larger "$lane" "$(measure LC2013 "$seconds")")
  sublane=$(larger "$sublane" "$(measure SL2015 $((seconds < 40 ? seconds : 40)) --lateral-resolution 0.8)")
  echo "understudy bench traffic --vehicles $vehicles ..." >&2
  (cd "$root" && node cli/understudy.mjs bench traffic --vehicles "$vehicles" --json 2>/dev/null) >"understudy$round.json" || {
    echo "sumo.sh: understudy bench traffic failed" >&2
    exit 1
  }
done
node - "$folder" "$version" "$vehicles" "$lane" "$sublane" <<'JS'
const [path, version, vehicles, lane, sublane] = process.argv.slice(2);
const rounds = [1, 2, 3].map((round) => JSON.parse(require('node:fs').readFileSync(`${path}/understudy${round}.json`, 'utf8')).results[0]);
const ours = Math.max(...rounds.map((round) => round.updatesPerCpuSecond));
const recorded = Math.max(...rounds.map((round) => round.withRecorderAndFeatures));
if (!(ours > 0 && recorded > 0)) throw new Error('sumo.sh: no updatesPerCpuSecond in the report of understudy bench traffic');
const os = require('node:os');
console.log(JSON.stringify({
  bench: 'peers/sumo',
  date: new Date().toISOString().slice(0, 10),
  machine: `${os.cpus().length} cores, ${os.cpus()[0].model.trim()}, Node ${process.versions.node}`,
  loadAverage: Number(os.loadavg()[0].toFixed(1)),
  vehicles: Number(vehicles),
  road: 'straight, 4 lanes, 12.5 veh/km/lane, limit 36 m/s, step 0.1 s',
  updatesPerCpuSecond: {
    'understudy, IDM + MOBIL, continuous lateral': Math.round(ours),
    'understudy, the same with an ego, recorded and hashed, with features': Math.round(recorded),
    [`SUMO ${version}, IDM + LC2013, instant lane changes`]: Number(lane),
    [`SUMO ${version}, IDM + SL2015, continuous lateral (0.8 m)`]: Number(sublane),
  },
  ratio: {
    toLC2013: Number((ours / lane).toFixed(1)),
    toSL2015: Number((ours / sublane).toFixed(1)),
    recordedToSL2015: Number((recorded / sublane).toFixed(1)),
  },
}, null, 2));
JS
