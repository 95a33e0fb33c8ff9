// Models A and B as an event loop that keeps sums only: what a compiled program can do that does nothing else.
//
// Every number is a hash of (seed, customer, how many-th draw), so that the order of events moves no luck.
#include <cmath>
#include <cstdint>
#include <deque>
#include <queue>
#include <vector>

namespace {

constexpr double TWO_PI = 6.283185307179586;

uint64_t mixed(uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

struct Draws {
    uint64_t key = 0;
    uint64_t n = 0;
    double uniform() { return ((mixed(key + 0x9e3779b97f4a7c15ULL * ++n) >> 11) + 0.5) * 0x1p-53; }
    double exponential(double mean) { return -mean * std::log(uniform()); }
    double lognormal(double mean, double log_sd) {
        const double z = std::sqrt(-2.0 * std::log(uniform())) * std::cos(TWO_PI * uniform());
        return mean * std::exp(log_sd * z - 0.5 * log_sd * log_sd);
    }
};

struct Event {
    double time;
    int32_t kind;  // 0: an arrival; 1: a service ends; 2: patience ends
    int32_t who;
    uint32_t stamp;
    bool operator>(const Event& other) const { return time > other.time; }
};

using Calendar = std::priority_queue<Event, std::vector<Event>, std::greater<Event>>;

struct Customer {
    double arrived;
    Draws draws;
    uint32_t stamp = 0;
    bool waits = false;
};

struct Crowd {
    std::vector<Customer> all;
    std::vector<int32_t> unused;
    int32_t add(double now, uint64_t key) {
        int32_t who;
        if (unused.empty()) {
            who = static_cast<int32_t>(all.size());
            all.emplace_back();
        } else {
            who = unused.back();
            unused.pop_back();
        }
        Customer& c = all[who];
        c.arrived = now;
        c.draws = Draws{key, 0};
        c.waits = false;
        ++c.stamp;  // what was meant for who had the place before is let pass
        return who;
    }
};

struct Sums {
    int64_t left = 0;
    double time = 0.0;
    int64_t lost = 0;
};

Sums run_a(int64_t customers, uint64_t seed, double per_h, int servers, double service) {
    Calendar calendar;
    Crowd crowd;
    std::deque<int32_t> queue;
    Sums sums;
    Draws gaps{mixed(seed), 0};
    int64_t begun = 0;
    int idle = servers;
    calendar.push({gaps.exponential(1 / per_h), 0, 0, 0});
    while (!calendar.empty()) {
        const Event event = calendar.top();
        calendar.pop();
        const double now = event.time;
        if (event.kind == 0) {
            queue.push_back(crowd.add(now, mixed(seed ^ mixed(static_cast<uint64_t>(++begun)))));
            if (begun < customers) calendar.push({now + gaps.exponential(1 / per_h), 0, 0, 0});
        } else {
            ++idle;
            ++sums.left;
            sums.time += now - crowd.all[event.who].arrived;
            crowd.unused.push_back(event.who);
        }
        while (idle > 0 && !queue.empty()) {
            const int32_t who = queue.front();
            queue.pop_front();
            --idle;
            calendar.push({now + crowd.all[who].draws.exponential(service), 1, who, 0});
        }
    }
    return sums;
}

struct Waiting {
    int32_t who;
    uint32_t stamp;
};

struct Station {
    int idle;
    double service;
    double log_sd;
    std::deque<Waiting> queue[2];  // urgent visits first
};

struct Funnel {
    double patience, on_from_2, on_from_3, urgent, rework, renewal;
    std::vector<Station> stations;
    std::vector<int> at;  // the station of each customer
    Calendar calendar;
    Crowd crowd;
    Sums sums;

    void leave(int32_t who, double now) {
        ++sums.left;
        sums.time += now - crowd.all[who].arrived;
        crowd.unused.push_back(who);
    }

    void enter(int32_t who, int station, double now) {
        Customer& c = crowd.all[who];
        at[who] = station;
        ++c.stamp;
        c.waits = true;
        const int place = station == 4 && c.draws.uniform() < urgent ? 0 : 1;
        if (station == 1) calendar.push({now + c.draws.exponential(patience), 2, who, c.stamp});
        stations[station].queue[place].push_back({who, c.stamp});
        begin(station, now);
    }

    void begin(int number, double now) {
        Station& s = stations[number];
        for (auto& queue : s.queue) {
            while (s.idle > 0 && !queue.empty()) {
                const Waiting next = queue.front();
                queue.pop_front();
                Customer& c = crowd.all[next.who];
                if (c.stamp != next.stamp || !c.waits) continue;  // gone, out of patience
                c.waits = false;
                --s.idle;
                const double takes =
                    s.log_sd > 0 ? c.draws.lognormal(s.service, s.log_sd) : c.draws.exponential(s.service);
                calendar.push({now + takes, 1, next.who, 0});
            }
        }
    }

    void go_on(int32_t who, double now) {
        const int from = at[who];
        Draws& draws = crowd.all[who].draws;
        ++stations[from].idle;
        int to = from + 1;
        if (from == 2 && draws.uniform() >= on_from_2) to = 0;
        if (from == 3 && draws.uniform() >= on_from_3) to = 0;
        if (from == 4 && draws.uniform() < rework) to = 3;
        if (from == 7) to = draws.uniform() < renewal ? 5 : 0;
        if (to == 0)
            leave(who, now);
        else
            enter(who, to, now);
        begin(from, now);
    }
};

}  // namespace

extern "C" {

// out: customers who left, sum of their times in the system
void model_a(int64_t customers, uint64_t seed, const double* p, double* out) {
    const Sums sums = run_a(customers, seed, p[0], static_cast<int>(p[1]), p[2]);
    out[0] = static_cast<double>(sums.left);
    out[1] = sums.time;
}

// p: arrivals, patience, four chances and that of renewal, then servers, mean service and log-sd of seven stations
void model_b(int64_t customers, uint64_t seed, const double* p, double* out) {
    Funnel f{p[1], p[2], p[3], p[4], p[5], p[6], {}, {}, {}, {}, {}};
    f.stations.resize(8);
    for (int n = 1; n <= 7; ++n) {
        Station& s = f.stations[n];
        s.idle = static_cast<int>(p[6 + n]);
        s.service = p[13 + n];
        s.log_sd = p[20 + n];
    }
    Draws gaps{mixed(seed), 0};
    int64_t begun = 0;
    f.calendar.push({gaps.exponential(1 / p[0]), 0, 0, 0});
    while (!f.calendar.empty()) {
        const Event event = f.calendar.top();
        f.calendar.pop();
        if (event.kind == 0) {
            const int32_t who = f.crowd.add(event.time, mixed(seed ^ mixed(static_cast<uint64_t>(++begun))));
            if (f.at.size() < f.crowd.all.size()) f.at.resize(f.crowd.all.size());
            f.enter(who, 1, event.time);
            if (begun < customers) f.calendar.push({event.time + gaps.exponential(1 / p[0]), 0, 0, 0});
        } else if (event.kind == 1) {
            f.go_on(event.who, event.time);
        } else {
            Customer& c = f.crowd.all[event.who];
            if (c.stamp == event.stamp && c.waits) {
                c.waits = false;
                ++f.sums.lost;
                f.leave(event.who, event.time);
            }
        }
    }
    out[0] = static_cast<double>(f.sums.left);
    out[1] = f.sums.time;
}
}
