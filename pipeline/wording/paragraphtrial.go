package wording

import (
	"maps"
	"reflect"
	"slices"
	syntax "text/template/parse"

	"tonghop/pipeline/table"
)

// trials are programmes of every kind for a template to be tried on: one that has
// nothing, one that has everything, and one with every flag set and every text
// empty. They are filled by their types, so that a field added is tried.
func trials() []ProgrammeFacts {
	var full, flags ProgrammeFacts
	fill(reflect.ValueOf(&full).Elem(), "7", 2, 0)
	fill(reflect.ValueOf(&flags).Elem(), "", 1, 0)
	return []ProgrammeFacts{{}, full, flags}
}

func fill(v reflect.Value, text string, length, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(7)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text, length, depth)
		}
	case reflect.Slice:
		if depth > 1 { // the parts of parts
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), length, length))
		for i := range length {
			fill(v.Index(i), text, length, depth+1)
		}
	}
}

// fieldsOf gathers the names that a template may write after a point: fields and
// methods of a type and of all that it holds.
func fieldsOf(t reflect.Type, known map[string]bool) map[string]bool {
	for i := range t.NumMethod() {
		known[t.Method(i).Name] = true
	}
	switch t.Kind() {
	case reflect.Slice:
		fieldsOf(t.Elem(), known)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if seen := known[f.Name]; !seen {
				known[f.Name] = true
				fieldsOf(f.Type, known)
			}
		}
	}
	return known
}

// unknownField finds a field that no facts have, wherever it stands: a trial would
// not come by every branch.
func unknownField(tree *syntax.Tree, node syntax.Node, known map[string]bool) *TemplateError {
	fields := func(n syntax.Node, names []string) *TemplateError {
		if i := slices.IndexFunc(names, func(name string) bool { return !known[name] }); i >= 0 {
			place, context := tree.ErrorContext(n)
			near := table.Meant(names[i], slices.Sorted(maps.Keys(known)))
			return &TemplateError{TemplateUnknownField, place, []any{"field", names[i], "near", near, "context", context}, nil}
		}
		return nil
	}
	var inner []syntax.Node
	switch n := node.(type) {
	case *syntax.FieldNode:
		return fields(n, n.Ident)
	case *syntax.VariableNode:
		return fields(n, n.Ident[1:])
	case *syntax.ChainNode:
		if err := fields(n, n.Field); err != nil {
			return err
		}
		inner = []syntax.Node{n.Node}
	case *syntax.ListNode:
		if n == nil {
			return nil
		}
		inner = n.Nodes
	case *syntax.ActionNode:
		inner = []syntax.Node{n.Pipe}
	case *syntax.PipeNode:
		if n == nil {
			return nil
		}
		for _, c := range n.Cmds {
			inner = append(inner, c.Args...)
		}
	case *syntax.IfNode:
		inner = []syntax.Node{n.Pipe, n.List, n.ElseList}
	case *syntax.WithNode:
		inner = []syntax.Node{n.Pipe, n.List, n.ElseList}
	case *syntax.RangeNode:
		inner = []syntax.Node{n.Pipe, n.List, n.ElseList}
	case *syntax.TemplateNode:
		inner = []syntax.Node{n.Pipe}
	}
	for _, one := range inner {
		if err := unknownField(tree, one, known); err != nil {
			return err
		}
	}
	return nil
}
