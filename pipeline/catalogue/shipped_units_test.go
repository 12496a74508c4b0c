package catalogue_test

import (
	"regexp"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

var reorganised = period.Date{Year: 2025, Month: 7, Day: 1}

// wardsAndDistricts are the units before and after 1 July 2025.
func wardsAndDistricts(c *catalogue.Catalogue) (districts, wards []*catalogue.Unit) {
	for _, u := range c.Units {
		switch u.Kind {
		case catalogue.UrbanDistrict, catalogue.RuralDistrict, catalogue.Town:
			districts = append(districts, u)
		case catalogue.Ward, catalogue.Commune:
			wards = append(wards, u)
		}
	}
	return districts, wards
}

func TestShippedWardsAndCommunes(t *testing.T) {
	c := shipped(t)
	districts, wards := wardsAndDistricts(c)
	if len(districts) != 30 || len(wards) != 126 {
		t.Fatalf("%d districts and %d wards and communes", len(districts), len(wards))
	}
	ids, kinds := regexp.MustCompile(`^HN-(\d{5})$`), map[catalogue.UnitKind]int{}
	for _, u := range wards {
		kinds[u.Kind]++
		if m := ids.FindStringSubmatch(u.ID); m == nil || m[1] != u.Code {
			t.Errorf("%s has the code %q", u.ID, u.Code)
		}
		if u.ValidFrom != reorganised || !u.ValidTo.IsZero() || u.Act == "" {
			t.Errorf("%s is valid from %s to %s by %q", u.ID, u.ValidFrom, u.ValidTo, u.Act)
		}
		if want := "Hội LHPN " + string(u.Kind) + " " + u.Name; len(u.Aliases) != 1 || u.Aliases[0] != want {
			t.Errorf("%s is also called %q, want %q", u.ID, u.Aliases, want)
		}
		if strings.HasPrefix(u.Name, "Phường ") || strings.HasPrefix(u.Name, "Xã ") {
			t.Errorf("%s: the name %q has its kind", u.ID, u.Name)
		}
	}
	if kinds[catalogue.Ward] != 51 || kinds[catalogue.Commune] != 75 {
		t.Errorf("kinds %v", kinds)
	}
	for _, u := range districts {
		if u.ValidTo.AddDays(1) != reorganised {
			t.Errorf("%s ends on %s", u.ID, u.ValidTo)
		}
	}
}

// Every ward came from somewhere and every district went somewhere; a ward with
// one district behind it is split off, one with several has a part of each, and
// nobody knows the shares.
func TestShippedSuccessions(t *testing.T) {
	c := shipped(t)
	districts, wards := wardsAndDistricts(c)
	for _, u := range wards {
		from := c.Predecessors(u)
		want := catalogue.Part
		if len(from) == 1 {
			want = catalogue.Split
		}
		for _, s := range from {
			if s.Kind != want || s.Share != nil || s.Date != reorganised || s.Act != u.Act {
				t.Errorf("%s of %d predecessors: %+v", u.ID, len(from), s)
			}
		}
		if len(from) == 0 {
			t.Errorf("%s comes from nowhere", u.ID)
		}
	}
	for _, u := range districts {
		if len(c.Successors(u)) < 3 {
			t.Errorf("%s became %v", u.ID, c.Successors(u))
		}
	}
	if ward, _ := c.Unit("HN-00097"); len(c.Predecessors(ward)) != 5 {
		t.Errorf("Hồng Hà comes from %v", c.Predecessors(ward))
	}
}

// Names live on: all but two districts gave theirs to a ward or commune. So a
// bare name is two units in the month of the change.
func TestShippedNamesThatLiveOn(t *testing.T) {
	districts, wards := wardsAndDistricts(shipped(t))
	names := map[string]bool{}
	for _, u := range wards {
		if names[u.Name] {
			t.Errorf("two called %s", u.Name)
		}
		names[u.Name] = true
	}
	var gone []string
	for _, u := range districts {
		if !names[u.Name] {
			gone = append(gone, u.Name)
		}
	}
	if got := strings.Join(gone, ", "); got != "Nam Từ Liêm, Bắc Từ Liêm" {
		t.Errorf("names that ended: %s", got)
	}
}

// The affiliated units cannot be mistaken for real ones before they are named.
func TestShippedAffiliatedUnitsWaitForTheirNames(t *testing.T) {
	n := 0
	for _, u := range shipped(t).Units {
		if u.Kind != catalogue.Affiliated {
			continue
		}
		n++
		if !strings.Contains(u.Name, "CHƯA GHI TÊN") || u.Code != "" || u.ValidFrom != reorganised || len(u.Aliases) > 0 {
			t.Errorf("%+v", u)
		}
	}
	if n != 3 {
		t.Errorf("%d affiliated units", n)
	}
}

func TestShippedUnitsThroughTheChange(t *testing.T) {
	c := shipped(t)
	july := june.Add(1)
	for month, want := range map[period.Month]int{june: 31, july: 160, july.Add(1): 130} {
		if got := len(c.ExpectedUnits(month, period.Scheme15to14)); got != want {
			t.Errorf("%s: %d units are expected, want %d", month, got, want)
		}
	}
	if got := len(c.Closing(july, period.Scheme15to14)); got != 30 {
		t.Errorf("%d closing reports", got)
	}
	asked := func(id, code string, m period.Month) bool {
		u, _ := c.Unit(id)
		i, _ := c.Indicator(code)
		return c.Asks(i, u, m, period.Scheme15to14)
	}
	for _, one := range []struct {
		id, code string
		month    period.Month
		want     bool
	}{
		{"HN-001", "CT01_VU", july, true},
		{"HN-001", "CT01_HV", july, false},
		{"HN-001", "CT07_GP1_TRT", july, false}, // how things stand
		{"HN-001", "CT07_GP1_ND", july, true},
		{"HN-00004", "CT01_VU", july, false},
		{"HN-00004", "CT01_CSV", july, true},
		{"HN-TT1", "CT01_CSV", july, false},
		{"HN-TT1", "CT01_HV", july, true},
		{"HN-TP", "CT01_CB", july, true},
	} {
		if got := asked(one.id, one.code, one.month); got != one.want {
			t.Errorf("%s is asked for %s: %v", one.id, one.code, got)
		}
	}
	if c.TargetFor("CT01_06", "", catalogue.HorizonYear, july) == nil || c.TargetFor("CT01_06", "", catalogue.HorizonYear, july.Add(1)) != nil {
		t.Error("the share of districts is not judged to the end of the districts")
	}
}
