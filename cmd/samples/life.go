package main

import (
	"hash/fnv"
	"math/rand/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
)

// seed makes the story; another seed makes another one of the same kind.
const seed = 20250614

// counts is what truly happened in a unit in a month, by indicator.
type counts map[string]int

// life is a unit's fictional course through the months.
type life struct {
	unit *catalogue.Unit
	// Cases found before the first month: in the plan's years before this one,
	// and since January.
	casesBefore, casesSinceJanuary int
	months                         [months]counts
}

// source gives a unit its own random numbers for a purpose, so that what is
// drawn for one unit or purpose never shifts what is drawn for another.
func source(purpose string, u *catalogue.Unit) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(purpose + "/" + u.ID))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// course is a life being lived: the standing counts from month to month.
type course struct {
	*life
	rng  *rand.Rand
	size int // percent of an ordinary district

	members, officers, fullTime int
	refreshed, refreshBase      int // of the officers; in percent by the first month
	cases                       int // since January
	unions, unionsBehind        int // grassroots unions with cases, and those that were not prompt
	gathered                    map[string]int
}

func newLife(u *catalogue.Unit) *life {
	c := &course{life: &life{unit: u}, rng: source("life", u), gathered: map[string]int{}}
	c.size = c.between(62, 138)
	c.members = 330*c.size + c.rng.IntN(500)
	c.officers = c.members * 31 / 1000
	c.fullTime = 22 + c.size/5 + c.rng.IntN(6)
	c.refreshBase = c.between(48, 62)
	c.casesBefore = c.between(2, 14)
	c.casesSinceJanuary = [...]int{0, 0, 0, 0, 0, 0, 0, 1, 1, 2}[c.rng.IntN(10)]
	c.cases = c.casesSinceJanuary
	c.unions = min(c.cases, 2)
	switch {
	case u.Kind == catalogue.CityOffice:
		c.officers, c.fullTime = 68, 52
	case u.ID == thousandsTyped:
		c.officers = 1230 // 1.234 by June
	}
	for m := range months {
		c.months[m] = c.live(m)
	}
	return c.life
}

// between draws from low to high, both included.
func (c *course) between(low, high int) int { return low + c.rng.IntN(high-low+1) }

// about scales what happens in an ordinary district in a month to this one,
// give or take spread percent.
func (c *course) about(ordinary, spread int) int {
	return (ordinary*c.size*c.between(100-spread, 100+spread) + 5000) / 10000
}

// live passes a month.
func (c *course) live(m int) counts {
	now := counts{}
	c.membership(now)
	c.training(now, m)
	c.abuse(now, m)
	c.work(now)
	now["CT03_HO"] = c.about(62, 45) / 10
	for _, o := range optionals {
		drawn := c.between(o.low, o.high)
		if o.cumulative {
			c.gathered[o.code] = max(c.gathered[o.code], o.low) + drawn%3
			drawn = c.gathered[o.code]
		}
		now[o.code] = drawn
	}
	return now
}

func (c *course) membership(now counts) {
	now["CT01_KN"], now["CT01_GK"] = c.about(26, 30), c.about(11, 30)
	now["CT01_CDEN"], now["CT01_CDI"] = c.about(4, 80), c.about(4, 90)
	c.members += now["CT01_KN"] + now["CT01_CDEN"] - now["CT01_CDI"] - now["CT01_GK"]
	now["CT01_HV"] = c.members
}

// training ends with every full-time officer trained, nine in ten of them
// proficient, and three in four of all officers refreshed.
func (c *course) training(now counts, m int) {
	switch {
	case c.unit.ID == thousandsTyped:
		c.officers = 1232 + m
	case c.unit.Kind != catalogue.CityOffice:
		c.officers += c.between(-1, 3)
	}
	c.refreshed = max(c.refreshed, c.officers*(c.refreshBase+m*c.between(8, 12))/100)
	now["CT01_CB"], now["CT01_CB_BD"] = c.officers, c.refreshed
	now["CT01_CBCT"] = c.fullTime
	now["CT01_CBCT_TH"] = c.fullTime * [...]int{82, 94, 100}[m] / 100
	now["CT01_CBCT_TT"] = c.fullTime * ([...]int{64, 79, 90}[m] + c.refreshBase%6) / 100
}

// abuse tells of few cases, all promptly handled but one.
func (c *course) abuse(now counts, m int) {
	found := [...]int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2}[c.rng.IntN(15)]
	prompt := found
	if c.unit.ID == notPrompt {
		found = [...]int{1, 2, 0}[m]
		prompt = found - m%2
		c.unionsBehind += m % 2
	}
	c.cases += found
	c.unions = min(c.cases, c.unions+found)
	now["CT01_VU"], now["CT01_VU_DX"] = found, prompt
	now["CT01_CSV"], now["CT01_CSV_DAT"] = c.unions, c.unions-c.unionsBehind
}

// work gives women about seven in ten. A worker may be helped in several ways.
func (c *course) work(now counts) {
	workers := c.about(40, 25)
	trained, placed, skilled := workers*c.between(28, 42)/100, workers*c.between(15, 28)/100, workers*c.between(20, 36)/100
	now["CT02_LD"] = workers
	now["CT02_LD_NU"] = workers * c.between(66, 79) / 100
	now["CT02_LD_DN"], now["CT02_LD_GT"], now["CT02_LD_KY"] = trained, placed, skilled
	now["CT02_LD_TV"] = max(workers*c.between(45, 60)/100, workers-trained-placed-skilled)
}

// known is what the city has of the unit when it issues a month's form: the
// month before; since January only what the office has openings for.
func (l *life) known(cat *catalogue.Catalogue, m int) func(string) (last, ytd figure.Figure) {
	return func(code string) (last, ytd figure.Figure) {
		if code == "CT01_VU" || code == "CT01_VU_DX" {
			sum := l.casesSinceJanuary
			for _, past := range l.months[:m] {
				sum += past[code]
			}
			ytd = figure.Of(figure.Int(int64(sum)))
		}
		if m == 0 {
			return last, ytd
		}
		ind, ok := cat.Indicator(code)
		n, lived := l.months[m-1][code]
		if !ok || !lived || !ind.Required {
			return last, ytd
		}
		last = figure.Of(figure.Int(int64(n)))
		if n == 0 && ind.Nature != catalogue.Stock {
			last = figure.Without(figure.None)
		}
		if ind.Nature == catalogue.Cumulative {
			ytd = last
		}
		return last, ytd
	}
}

// optional is a count that about half of the units give, and what an ordinary
// one gives in a month.
type optional struct {
	code       string
	low, high  int
	cumulative bool
}

var optionals = []optional{
	{"CT07_GP1_VB", 20, 120, false}, {"CT07_GP1_PM", 8, 20, true}, {"CT07_GP1_HTT", 1, 6, false},
	{"CT07_GP2_FP", 15, 40, true}, {"CT07_GP2_MH", 0, 2, false}, {"CT07_GP2_LOP", 0, 3, false},
	{"CT07_GP3_YT", 0, 4, false}, {"CT07_GP3_DN", 4, 15, true},
	{"CT07_GP4_DT", 0, 1, false}, {"CT07_GP4_TT", 0, 1, false},
	{"GP_01_CUOC", 3, 18, false}, {"GP_01_LUOT", 300, 2400, false},
	{"GP_02_MH", 0, 2, false}, {"GP_02_GUONG", 0, 6, false},
	{"GP_03_TP", 0, 2, false}, {"GP_03_CTR", 0, 5, false}, {"GP_03_LUOT", 200, 1800, false},
	{"GP_04_MC", 0, 60, false}, {"GP_05_KC", 0, 400, false},
}
