package settings

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/table"
)

// decodeStrict reads the file into the settings and says what in it is no setting.
func decodeStrict(data []byte, s *Settings, doc *yaml.Node) []problem {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	if err := yaml.Unmarshal(data, doc); err != nil {
		return []problem{unreadable(err)}
	}
	if len(doc.Content) == 0 {
		return nil
	}
	problems := strange(doc.Content[0], reflect.TypeFor[Settings](), "")
	err := yaml.NewDecoder(bytes.NewReader(data)).Decode(s)
	if err != nil && !errors.Is(err, io.EOF) && len(problems) == 0 {
		return []problem{unreadable(err)}
	}
	return problems
}

// yamlLine is how the library begins what it says: it gives lines as text only.
var yamlLine = regexp.MustCompile(`line (\d+): `)

func unreadable(err error) problem {
	detail, at := strings.TrimPrefix(err.Error(), "yaml: "), 1
	if found := yamlLine.FindStringSubmatch(detail); found != nil {
		at, _ = strconv.Atoi(found[1])
		detail = strings.Replace(detail, found[0], "", 1)
	}
	return problem{at, "", unfitFor("setting.yaml", "detail", detail)}
}

// abridged is a setting that may also be written without its keys, or without the
// list that it is.
type abridged interface{ abridged() }

// strange finds what the settings do not know: keys, and values of another kind.
// The library finds these, too, but says so in English and in the words of Go.
func strange(node *yaml.Node, of reflect.Type, path string) []problem {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.ShortTag() == "!!null" {
		return nil // left out
	}
	at := func(key string, facts ...any) []problem { return []problem{{node.Line, path, unfitFor(key, facts...)}} }
	_, short := reflect.Zero(of).Interface().(abridged)
	var problems []problem
	switch of.Kind() {
	case reflect.Pointer:
		return strange(node, of.Elem(), path)
	case reflect.Struct:
		switch {
		case node.Kind == yaml.MappingNode:
			return strangeKeys(node, of, path)
		case short && node.Kind == yaml.ScalarNode:
			return nil
		}
		return at("setting.keys", "words", strings.Join(keysOf(of), ", "))
	case reflect.Slice:
		switch {
		case node.Kind == yaml.SequenceNode:
			for _, one := range node.Content {
				problems = append(problems, strange(one, of.Elem(), path)...)
			}
			return problems
		case short:
			return strange(node, of.Elem(), path)
		}
		return at("setting.list")
	}
	if err := node.Decode(reflect.New(of).Interface()); err == nil {
		return nil
	}
	switch of.Kind() {
	case reflect.Bool:
		return at("setting.true_false")
	case reflect.Int:
		return at("setting.whole", "given", node.Value)
	case reflect.Float64:
		return at("setting.decimal", "given", node.Value)
	}
	return at("setting.text")
}

// strangeKeys looks at a mapping: every key is known and there once.
func strangeKeys(node *yaml.Node, of reflect.Type, path string) []problem {
	var problems []problem
	first := map[string]int{}
	known := keysOf(of)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		wrong := func(phrase string, facts ...any) {
			problems = append(problems, problem{key.Line, path, unfitFor(phrase, append([]any{"given", key.Value}, facts...)...)})
		}
		field := -1
		for n, name := range known {
			if name == key.Value {
				field = n
			}
		}
		switch line, seen := first[key.Value]; {
		case field < 0:
			near, words := table.Meant(key.Value, known), ""
			if near == "" {
				words = strings.Join(known, ", ")
			}
			wrong("setting.unknown", "near", near, "words", words)
		case seen:
			wrong("setting.repeated", "line", strconv.Itoa(line))
		default:
			first[key.Value] = key.Line
			below := strings.TrimPrefix(path+"."+key.Value, ".")
			problems = append(problems, strange(value, settingFields(of)[field].Type, below)...)
		}
	}
	return problems
}

// settingFields are the fields of a type that stand in the file.
func settingFields(of reflect.Type) []reflect.StructField {
	var fields []reflect.StructField
	for i := range of.NumField() {
		if f := of.Field(i); f.IsExported() {
			fields = append(fields, f)
		}
	}
	return fields
}

// keysOf are the names of those fields in the file.
func keysOf(of reflect.Type) []string {
	var keys []string
	for _, f := range settingFields(of) {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		keys = append(keys, name)
	}
	return keys
}
