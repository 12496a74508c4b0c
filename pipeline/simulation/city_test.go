// Package simulation_test plays years of an office's life, with a seed, against
// the whole of validate, consolidate, edition and ledger: reports that come late
// or again, corrections, reports on paper, decisions taken back, imports, units
// that end and begin. What the program says each month is held against sums over
// the raw events that share nothing with it.
package simulation_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

// plot is how a story is laid out; all else is drawn from the seed.
type plot struct {
	seed            uint64
	first, last     period.Month // of the reports
	districts       int          // units until the reorganisation
	wards           int          // and after it
	reorganised     string       // the first day of the wards
	renamed, merged string       // days on which one district is renamed, and two become one
}

// unit is a unit as the story knows it; days are written "2025-06-30", and the
// empty one is open.
type unit struct {
	id, kind, group, from, to string
	// renamed is the day from which on it goes on under another name.
	renamed string
}

// opening is a figure of the months before the first report.
type opening struct {
	code, unit, span string // year or plan; unit empty for the city
	through          int    // month of the first year
	value            string
}

// city is the units of a story and what is known of the time before it.
type city struct {
	first       period.Month // of the reports
	units       []unit
	successions []string
	openings    []opening
	plans       [][2]period.Month
	catalogue   *catalogue.Catalogue
}

// indicators: P is a part of F, G may be left blank or not apply, Q is asked each
// quarter, H stands, C is cumulative; NET is what the membership gains.
const indicators = `code,programme,kind,name_vi,type,nature,across,formula,part_of,required,asked_of,due,allow_na
F,P,input,F,decimal,flow,sum,,,yes,,,
P,P,input,P,decimal,flow,sum,,F,yes,,,
IN,P,input,IN,decimal,flow,sum,,,yes,,,
OUT,P,input,OUT,decimal,flow,sum,,,yes,,,
G,P,input,G,decimal,flow,sum,,,no,quận|phường,,yes
Q,P,input,Q,decimal,flow,sum,,,yes,,3|6|9|12,
H,P,input,H,decimal,stock,sum,,,yes,,,
C,P,input,C,decimal,cumulative,sum,,,yes,,,
NET,P,derived,NET,decimal,,,F + IN - OUT,,,,,
R,P,derived,R,decimal,,,100 * P / F,,,,,
CH,P,derived,CH,decimal,,,100 * C / H,,,,,
FH,P,derived,FH,decimal,,,F / H,,,,,
FG,P,derived,FG,decimal,,,F - G,,,,,
`

// found draws the units, openings and plans of a story.
func found(t testing.TB, p plot, r *rand.Rand) *city {
	t.Helper()
	c := &city{first: p.first}
	for i := range p.districts {
		c.units = append(c.units, unit{
			id: fmt.Sprintf("D%02d", i+1), kind: []string{"quận", "huyện"}[i%2], group: []string{"A", "B", ""}[i%3], to: dayBefore(p.reorganised),
		})
	}
	c.rename(0, p.renamed)
	c.merge(1, 2, p.merged)
	var old []unit // those that the wards follow
	for _, u := range c.units {
		if u.to == dayBefore(p.reorganised) {
			old = append(old, u)
		}
	}
	for i := range p.wards {
		ward := unit{id: fmt.Sprintf("W%03d", i+1), kind: []string{"phường", "xã"}[i%2], group: []string{"", "B", "C"}[i%3], from: p.reorganised}
		kind := "split"
		if i%5 == 0 {
			kind = "part"
			c.succeed(old[(i+1)%len(old)].id, ward.id, p.reorganised, kind)
		}
		c.succeed(old[i%len(old)].id, ward.id, p.reorganised, kind)
		c.units = append(c.units, ward)
	}
	c.know(p, r)
	c.define(t)
	return c
}

func (c *city) succeed(from, to, day, kind string) {
	c.successions = append(c.successions, strings.Join([]string{from, to, day, kind}, ","))
}

// rename lets a unit go on under another name.
func (c *city) rename(i int, day string) {
	next := c.units[i]
	next.id, next.from = next.id+"N", day
	c.units[i].to, c.units[i].renamed = dayBefore(day), day
	c.units = append(c.units, next)
	c.succeed(c.units[i].id, next.id, day, "renamed")
}

// merge lets one unit go into another that goes on.
func (c *city) merge(from, into int, day string) {
	c.units[from].to = dayBefore(day)
	c.succeed(c.units[from].id, c.units[into].id, day, "merged")
}

// know draws what is known of the year's months before the first report.
func (c *city) know(p plot, r *rand.Rand) {
	january := period.Month{Year: p.first.Year, Number: 1}
	half := january.Add(p.last.Sub(january) / 2)
	c.plans = [][2]period.Month{{january, half}, {half.Add(1), p.last}}
	through := int(p.first.Number) - 1
	if through == 0 {
		return
	}
	for _, code := range []string{"F", "P"} {
		for _, span := range []string{"year", "plan"} {
			if r.IntN(4) > 0 {
				c.openings = append(c.openings, opening{code, "", span, through, fmt.Sprint(100 + r.IntN(900))})
			}
		}
	}
	for i := range p.districts {
		if r.IntN(3) == 0 {
			c.openings = append(c.openings, opening{"IN", c.units[i].id, "year", 1 + r.IntN(through), fmt.Sprint(r.IntN(90))})
		}
		if r.IntN(5) == 0 {
			c.openings = append(c.openings, opening{"Q", c.units[i].id, "plan", through, fmt.Sprint(r.IntN(90))})
		}
	}
}

// define writes the story's definitions as the office would, and loads them.
func (c *city) define(t testing.TB) {
	t.Helper()
	units := "id,kind,name,group,valid_from,valid_to\n"
	for _, u := range c.units {
		units += strings.Join([]string{u.id, u.kind, u.id, u.group, u.from, u.to}, ",") + "\n"
	}
	openings := "indicator,unit,span,through,value,source\n"
	for _, o := range c.openings {
		openings += fmt.Sprintf("%s,%s,%s,%s,%s,BC\n", o.code, o.unit, o.span, period.Month{Year: c.plans[0][0].Year, Number: 1}.Add(o.through-1), o.value)
	}
	targets := "indicator,horizon,from,to,comparator,value,pace\n"
	for _, plan := range c.plans {
		for _, code := range planned {
			targets += fmt.Sprintf("%s,plan,%s,%s,>=,1000,level\n", code, plan[0], plan[1])
		}
	}
	folder := fstest.MapFS{}
	for name, text := range map[string]string{
		"units": units, "programmes": "code,name_vi\nP,P\n", "indicators": indicators, "targets": targets,
		"rules": "id,severity,expression,message_vi\n", "calendar": "date,kind\n", "openings": openings,
		"successions": "from,to,date,kind\n" + strings.Join(c.successions, "\n") + "\n", "forms": "version,title_vi\nF1,F\n",
	} {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	loaded, problems := catalogue.Load(catalogue.FromFolder(folder, "simulated"))
	for _, p := range problems {
		t.Errorf("catalogue: %s %s", p.Where, p.MessageEN)
	}
	if loaded == nil || t.Failed() {
		t.FailNow()
	}
	c.catalogue = loaded
}

// planned are the indicators with a target for the plan.
var planned = []string{"F", "NET", "R", "Q", "H"}

func dayBefore(day string) string {
	d, err := period.ParseDate(day)
	if err != nil {
		panic(err)
	}
	return d.AddDays(-1).String()
}
