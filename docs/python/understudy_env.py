"""A client of `understudy serve-env`: Gymnasium's reset and step over a pipe, with Python's standard library alone.

In the project's folder, `python3 docs/python/understudy_env.py` drives 1000 ticks of dense@1#1 twice and compares."""
import hashlib, json, subprocess, sys


class UnderstudyEnv:
    """One world, or several with `--worlds N`. Observations are lists in SI units; `fields` finds an entry by name."""

    def __init__(self, *arguments, command=("npx", "understudy")):
        self.process = subprocess.Popen([*command, "serve-env", *arguments], text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.spaces = self.ask({"describe": {}})
        self.fields = {field["name"]: i for i, field in enumerate(self.spaces["observationSpace"]["fields"])}

    def ask(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        answer = json.loads(self.process.stdout.readline() or '{"error": {"message": "serve-env ended; see above"}}')
        if "error" in answer:
            raise ValueError(answer["error"]["message"])
        return answer

    def reset(self, *, seed=None, options=None):
        answer = self.ask({"reset": {"seed": seed, "options": options}})
        return answer["observation"], answer["info"]

    def step(self, action):
        answer = self.ask({"step": action})
        return tuple(answer[key] for key in ("observation", "reward", "terminated", "truncated", "info"))

    def close(self):
        self.ask({"close": {}})
        self.process.wait()

def follow(env, seen):
    """Keeps 1.6 s behind whoever is ahead in the lane: acceleration along and across the road [m/s^2]."""
    value = lambda name: seen[env.fields[name]]
    along = 0.4 * (min(value("ego.speedLimit"), 28.0) - value("ego.sDot"))
    for other in (f"other{k}." for k in range(10)):
        if value(other + "s") > 0 and abs(value(other + "d")) < 2.4:
            gap = value(other + "s") - value(other + "length") / 2 - 2.35
            along = min(along, 0.3 * (gap - 3 - 1.6 * value("ego.sDot")) + 1.2 * value(other + "sDot"))
    return [along, -0.6 * value("ego.laneOffset") - 1.5 * value("ego.dDot")]

def digest(env, ticks=1000):
    seen, info = env.reset(seed=1)
    bits, ends = hashlib.sha256(json.dumps(seen).encode()), []
    for _ in range(ticks):
        seen, reward, terminated, truncated, info = env.step(follow(env, seen))
        bits.update(json.dumps(seen).encode())
        if terminated or truncated:
            ends.append(info["termination"] or info["truncation"])
            seen, info = env.reset()
    return f"{ticks} ticks, episode ends: {', '.join(ends) or 'none'}, sha256 {bits.hexdigest()}"

if __name__ == "__main__":
    env = UnderstudyEnv("--scenario", "dense@1#1", "--seconds", "200", command=sys.argv[1:] or ("npx", "understudy"))
    runs = [digest(env), digest(env)]
    env.close()
    sys.exit(print(*runs, "identical" if runs[0] == runs[1] else "DIFFERENT", sep="\n") or runs[0] != runs[1])
