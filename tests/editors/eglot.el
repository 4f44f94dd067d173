;; Emacs with eglot as editors/README.md has it: the findings of a report, a fix, the file. Run by tests/editors/run with FILE.  -*- lexical-binding: t -*-
(package-initialize)
(require 'eglot)
(require 'flymake)
(setq make-backup-files nil create-lockfiles nil eglot-sync-connect 20 eglot-confirm-server-initiated-edits nil)
(load (getenv "SETTINGS"))
(load (expand-file-name "until" (file-name-directory load-file-name)))

(defun finding (words)
  "The finding whose message has WORDS."
  (flymake-start)
  (seq-find (lambda (it) (string-match-p (regexp-quote words) (flymake-diagnostic-text it))) (flymake-diagnostics)))

(defun stands-on (finding)
  "The text below FINDING."
  (buffer-substring-no-properties (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding)))

(defun take (words title)
  "Takes the action with TITLE at the finding whose message has WORDS."
  (let* ((at (flymake-diagnostic-beg (finding words)))
         (here (progn (goto-char at) (eglot--pos-to-lsp-position)))
         (server (eglot--current-server-or-lose))
         (actions (jsonrpc-request server :textDocument/codeAction
                                   (list :textDocument (eglot--TextDocumentIdentifier)
                                         :range (list :start here :end here)
                                         :context '(:diagnostics []))))
         (action (seq-find (lambda (it) (string-match-p (regexp-quote title) (plist-get it :title))) actions)))
    (until title (lambda () action))
    (eglot--apply-workspace-edit (plist-get action :edit))
    ;; Edits are sent by an idle timer, which Emacs without a screen never runs.
    (eglot--signal-textDocument/didChange)))

(find-file (getenv "FILE"))
(unless (eglot-managed-p) (apply #'eglot--connect (eglot--guess-contact)) (eglot--maybe-activate-editing-mode))
(flymake-mode 1)
(defconst fee "填写 25977391.028 万元")
(defconst total "办理结果分项之和 233 ≠（七）总计 234")
(until "the wrong fee" (lambda () (finding fee)))
(until "stands on its figure" (lambda () (equal (stands-on (finding fee)) "25977391.028")))
(until "the wrong total stands on its figure" (lambda () (equal (stands-on (finding total)) "234")))
(take fee "改为 2597.74")
(until "is mended" (lambda () (not (finding fee))))
(take total "“（六）3.其他”的自然人、总计各加 1")
(until "is mended" (lambda () (not (finding total))))
(save-buffer)
(eglot-shutdown (eglot--current-server-or-lose))
(kill-emacs 0)
