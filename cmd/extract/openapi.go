package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/openapi"
	"github.com/errlingo/errlingo/internal/sample"
)

func (a *app) exportOpenAPICommand() *cobra.Command {
	var version string
	cmd := &cobra.Command{
		Use:   "openapi [packages]",
		Short: "Print the codes as components of an OpenAPI document",
		Long: `Export openapi prints an OpenAPI document with components only: for each code a schema
and an example of an answer in the source language, and for each status a response
with all of its codes. Codes that readers never get are left out.

https://github.com/errlingo/errlingo/blob/main/docs/openapi.md describes the document.`,
		Example: `  extract export openapi > errors.openapi.json
  extract export openapi --openapi 3.2 ./shop`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFormat(version, openapi.Versions()); err != nil {
				return err
			}
			return a.exportSchema(cmd.Context(), args, func(all []openapi.Domain) ([]byte, error) {
				return openapi.Document(all, version)
			})
		},
	}
	cmd.Flags().StringVar(&version, "openapi", openapi.Versions()[0],
		"the `version` of OpenAPI: "+orList(openapi.Versions()))
	return cmd
}

func (a *app) exportSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "jsonschema [packages]",
		Short: "Print the codes as a JSON Schema",
		Long: `Export jsonschema prints a JSON Schema (draft 2020-12) of the answers with a code of
the domains. Codes that readers never get are left out.

https://github.com/errlingo/errlingo/blob/main/docs/openapi.md describes the schema.`,
		Example:           `  extract export jsonschema > errors.schema.json`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.exportSchema(cmd.Context(), args, openapi.Schema)
		},
	}
}

// exportSchema prints what is made of the domains.
func (a *app) exportSchema(
	ctx context.Context, patterns []string, write func([]openapi.Domain) ([]byte, error),
) error {
	a.allowShrink, a.readLazily = true, true
	chosen, findings, err := a.exported(ctx, patterns)
	if err != nil {
		return err
	}
	var domains []openapi.Domain
	for _, d := range chosen {
		program, err := sample.New(d.Domain, os.DirFS(d.folder.Abs()), nil)
		if err != nil {
			return failFile(d.folder.Name, err, "")
		}
		domains = append(domains, openapi.Domain{Domain: d.Domain,
			Example: func(c *model.Code) json.RawMessage {
				return program.Answer(program.Error(c), d.Source, "application/problem+json")
			}})
	}
	out, err := write(domains)
	if err != nil {
		return err
	}
	if _, err := a.stdout.Write(out); err != nil {
		return err
	}
	return a.reportSource(&project{findings: findings})
}
