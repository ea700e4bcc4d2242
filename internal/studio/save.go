package studio

import "net/http"

type conflictDocument struct{}

func (s *Server) postLint(r *http.Request) (any, error)    { return nil, errLater }
func (s *Server) postPreview(r *http.Request) (any, error) { return nil, errLater }
func (s *Server) postSave(r *http.Request) (any, error)    { return nil, errLater }
func (s *Server) postReview(r *http.Request) (any, error)  { return nil, errLater }
func (s *Server) postDraft(r *http.Request) (any, error)   { return nil, errLater }
func (s *Server) postUndo(r *http.Request) (any, error)    { return nil, errLater }

var errLater = &refusal{status: http.StatusServiceUnavailable, text: "this is not built yet"}
