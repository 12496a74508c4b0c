// Package naming owns how units and periods are called in the texts of offices:
// "Hội LHPN Q. Ba Đình", "T6/2025", "từ 15/5 đến 14/6/2025". It answers with
// what a text names, never with what it probably means: a near name, initials
// and a month without its year are questions, and the answer keeps them apart.
// It is pure, and takes any text.
package naming

import (
	"maps"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/vietnamese"
)

// Answer is what a text says about which unit is meant.
type Answer struct {
	// Units are those that the text names: one is an answer, several are a
	// question, none leaves Near. They are in table order.
	Units []*catalogue.Unit
	// Near are those that may have been meant. They are only ever asked about.
	Near []*catalogue.Unit
	// Initials says that the text is an abbreviation of those in Near.
	Initials bool
}

// Units are the units among which a text may name one: those there are in the
// period, for names come back. The zero value has none.
type Units struct {
	known    []known
	full     [2]map[string][]*catalogue.Unit // by every name as it stands, in each form of folding
	bare     [2]map[string][]*catalogue.Unit // by the name without its kind
	squashed map[string][]*catalogue.Unit    // by every name without spaces
	codes    map[string][]*catalogue.Unit    // by the official code
}

// known is a unit with its names folded.
type known struct {
	*catalogue.Unit
	name string
	full []string
}

// The forms of folding, the stricter first.
var folds = [2]func(string) string{vietnamese.Fold, vietnamese.FoldLoose}

// Among prepares the units for many texts. Their order is that of the answers.
func Among(units []*catalogue.Unit) Units {
	const shortest = 4 // letters; a shorter name could be part of any text
	all := Units{squashed: make(map[string][]*catalogue.Unit), codes: make(map[string][]*catalogue.Unit)}
	for i := range folds {
		all.full[i], all.bare[i] = make(map[string][]*catalogue.Unit), make(map[string][]*catalogue.Unit)
	}
	add := func(index map[string][]*catalogue.Unit, key string, u *catalogue.Unit) {
		if key != "" && !slices.Contains(index[key], u) {
			index[key] = append(index[key], u)
		}
	}
	for _, u := range units {
		k := known{Unit: u, name: vietnamese.Fold(u.Name)}
		for _, name := range fullNames(u) {
			folded := vietnamese.Fold(name)
			if slices.Contains(k.full, folded) {
				continue
			}
			k.full = append(k.full, folded)
			for i := range folds {
				add(all.full[i], loosened(i, folded), u)
			}
			if squashed := strings.ReplaceAll(folded, " ", ""); len(squashed) >= shortest {
				add(all.squashed, squashed, u)
			}
		}
		for i := range folds {
			add(all.bare[i], loosened(i, k.name), u)
		}
		add(all.codes, u.Code, u)
		all.known = append(all.known, k)
	}
	return all
}

// Find tells which unit a whole text names: by name, title, alias or id, on the
// form in which old and new placement of tones and spellings with i and y
// agree, with or without the Union's name before it and the city's behind; or
// by its official code, with every zero.
func (all Units) Find(text string) Answer {
	if found := all.Named(text); len(found) > 0 {
		return Answer{Units: found}
	}
	if found := all.codes[strings.TrimSpace(text)]; len(found) > 0 {
		return Answer{Units: found}
	}
	return all.near(text)
}

// Named is Find without the near ones and without codes: a folder or a line that
// is a number need not be one.
func (all Units) Named(text string) []*catalogue.Unit {
	folded := vietnamese.Fold(text)
	if folded == "" {
		return nil
	}
	bare := withoutOffice(folded)
	kind, name := takeKind(bare)
	for i := range folds {
		if found := all.full[i][loosened(i, folded)]; len(found) > 0 {
			return found
		}
		// A name may begin like a kind: Phương Liệt is no ward Liệt.
		if found := all.full[i][loosened(i, bare)]; len(found) > 0 {
			return found
		}
		if found := ofKind(all.bare[i][loosened(i, name)], kind); len(found) > 0 {
			return found
		}
	}
	return nil
}

// loosened brings folded text into a form of folding.
func loosened(form int, folded string) string {
	if form == 0 {
		return folded
	}
	return folds[form](folded)
}

// ofKind keeps the units of a kind, all of them where it is empty.
func ofKind(units []*catalogue.Unit, kind catalogue.UnitKind) []*catalogue.Unit {
	if kind == "" {
		return units
	}
	var some []*catalogue.Unit
	for _, u := range units {
		if u.Kind == kind {
			some = append(some, u)
		}
	}
	return some
}

// near are the units that may have been meant by a text that names none.
func (all Units) near(text string) Answer {
	bare := withoutOffice(vietnamese.Fold(text))
	kind, name := takeKind(bare)
	if byInitials := all.initials(kind, name); len(byInitials) > 0 {
		return Answer{Near: byInitials, Initials: true}
	}
	if name == "" {
		return Answer{}
	}
	if ofOtherKind := all.bare[1][vietnamese.FoldLoose(name)]; len(ofOtherKind) > 0 {
		return Answer{Near: ofOtherKind}
	}
	near := all.having(func(u known) bool {
		return Distance(u.name, name) == 1 || slices.ContainsFunc(u.full, func(full string) bool { return Distance(full, bare) == 1 })
	})
	if len(near) == 0 {
		near = all.Mentioned(text)
	}
	return Answer{Near: near}
}

// initials are the units that a short word abbreviates: "HĐ" is Hà Đông and
// Hoài Đức, and "TX" is Thanh Xuân or any thị xã.
func (all Units) initials(kind catalogue.UnitKind, name string) []*catalogue.Unit {
	const longest = 4
	if len(name) < 2 || len(name) > longest || strings.Contains(name, " ") {
		return nil
	}
	var meant catalogue.UnitKind
	if len(name) == 2 { // "TX", not "quận"
		meant = kinds[name]
	}
	return all.having(func(u known) bool {
		if kind != "" && u.Kind != kind {
			return false
		}
		return initials(u.name) == name || kind == "" && meant != "" && u.Kind == meant
	})
}

func initials(folded string) string {
	letters := ""
	for word := range strings.FieldsSeq(folded) {
		letters += word[:1] // folded Vietnamese is ASCII; of anything else half a letter matches nothing
	}
	return letters
}

// Mentioned are the units that a longer text, such as a file's name, mentions
// anywhere, also written without spaces. Of names within one another the
// longest counts.
func (all Units) Mentioned(text string) []*catalogue.Unit {
	const mostWords, mostRead = 8, 60 // of a name, of a text
	words := strings.Fields(vietnamese.Fold(text))
	words = words[:min(len(words), mostRead)]
	found := make(map[*catalogue.Unit]bool)
	for i := 0; i < len(words); i++ {
		for n := min(mostWords, len(words)-i); n > 0; n-- {
			named := all.squashed[strings.Join(words[i:i+n], "")]
			if len(named) == 0 {
				continue
			}
			if sameKind := ofKind(named, kindBefore(words[:i])); len(sameKind) > 0 {
				named = sameKind
			}
			for _, u := range named {
				found[u] = true
			}
			i += n - 1
			break
		}
	}
	if len(found) <= 1 { // of many units few are mentioned
		return slices.Collect(maps.Keys(found))
	}
	return all.having(func(u known) bool { return found[u.Unit] })
}

func (all Units) having(is func(known) bool) []*catalogue.Unit {
	var some []*catalogue.Unit
	for _, k := range all.known {
		if is(k) {
			some = append(some, k.Unit)
		}
	}
	return some
}

// fullNames are the texts by which a unit is known as they stand.
func fullNames(u *catalogue.Unit) []string {
	return append([]string{u.Name, u.Title(), string(u.Kind) + " " + u.Name, u.ID}, u.Aliases...)
}

// kinds are the words, folded, that stand before a name, in full and as they
// are abbreviated.
var kinds = map[string]catalogue.UnitKind{
	"quan": catalogue.UrbanDistrict, "q": catalogue.UrbanDistrict,
	"huyen": catalogue.RuralDistrict, "h": catalogue.RuralDistrict,
	"thi xa": catalogue.Town, "tx": catalogue.Town,
	"phuong": catalogue.Ward, "p": catalogue.Ward, "ph": catalogue.Ward,
	"xa": catalogue.Commune, "x": catalogue.Commune,
}

// takeKind parts "quan ba dinh" into its kind and its name. A kind alone is no
// kind: "TX" may be anybody's initials.
func takeKind(folded string) (catalogue.UnitKind, string) {
	words := strings.Fields(folded)
	for n := min(2, len(words)-1); n > 0; n-- {
		if kind, ok := kinds[strings.Join(words[:n], " ")]; ok {
			return kind, strings.Join(words[n:], " ")
		}
	}
	return "", folded
}

func kindBefore(words []string) catalogue.UnitKind {
	for n := min(2, len(words)); n > 0; n-- {
		if kind, ok := kinds[strings.Join(words[len(words)-n:], " ")]; ok {
			return kind
		}
	}
	return ""
}

// offices are the words before a unit's name that say only that it is the
// Union's office there; the longer before those they begin with.
var offices = []string{
	"hoi lien hiep phu nu viet nam", "hoi lien hiep phu nu", "hoi lhpn viet nam", "hoi lhpnvn", "hoi lhpn vn", "hoi lhpn",
	"hoi phu nu", "hoi pn", "hlhpn", "lhpn", "ban chap hanh", "bch", "ban thuong vu", "btv", "don vi",
}

var cities = []string{"thanh pho ha noi", "tp ha noi", "tp hn", "ha noi"}

// withoutOffice drops the Union's name from the front of a folded text and the
// city's from its end, unless nothing would be left.
func withoutOffice(folded string) string {
	for again := true; again; {
		again = false
		for _, office := range offices {
			if rest, ok := strings.CutPrefix(folded, office+" "); ok {
				folded, again = rest, true
				break
			}
		}
	}
	for _, city := range cities {
		if rest, ok := strings.CutSuffix(folded, " "+city); ok {
			if kind, name := takeKind(rest); kind != "" || strings.Contains(name, " ") {
				return rest
			}
		}
	}
	return folded
}
