;;; Drives dap-mode through a session and prints what a user would see, one line each.  -*- lexical-binding: t -*-
;; emacs -q --batch -l dap-mode.el PROGRAM ADAPTER…

(require 'package)
(setq user-emacs-directory (file-name-as-directory (make-temp-file "execorder-emacs" t))
      lsp-session-file (expand-file-name "lsp" user-emacs-directory))
(package-initialize)
(require (quote dap-mode))
(defvar dap-exception-breakpoints nil) ; dap-mode reads it, and only dap-ui, which needs a window, defines it
(setq dap-auto-show-output nil dap-breakpoints-file (expand-file-name "breakpoints" user-emacs-directory))

(defvar stops 0 "How often the program has stopped.")
(defvar ended nil)
(add-hook 'dap-stopped-hook (lambda (_) (setq stops (1+ stops))))
(add-hook 'dap-terminated-hook (lambda (_) (setq ended t)))

(defun say (format &rest args)
  (princ (concat (apply #'format format args) "\n")))

(defun wait-for (what condition)
  (let ((limit (+ (float-time) 60)))
    (while (not (funcall condition))
      (when (> (float-time) limit)
        (say "gave up waiting for %s" what)
        (kill-emacs 1))
      (accept-process-output nil 0.05))))

(defun ask (session command args)
  "The answer to a request of ours, as a hash table."
  (let (answer)
    (dap--send-message (dap--make-request command args) (lambda (result) (setq answer result)) session)
    (wait-for command (lambda () answer))
    answer))

(defun place (session)
  (let* ((answer (ask session "stackTrace" (list :threadId (dap--debug-session-thread-id session))))
         (frame (car (gethash "stackFrames" (gethash "body" answer)))))
    (format "%s:%s" (gethash "name" frame) (gethash "line" frame))))

(defun stopped (session move)
  "Makes a move and says where the program stands after it."
  (let ((before stops))
    (funcall move session)
    (wait-for "a stop" (lambda () (> stops before)))
    (say "%s" (place session))))

(pop command-line-args-left) ; a dash that keeps the rest from emacs
(let* ((program (pop command-line-args-left))
       (adapter command-line-args-left))
  (setq command-line-args-left nil)
  (dap-register-debug-provider
   "execorder"
   (lambda (configuration)
     (append configuration (list :dap-server-path adapter))))
  (find-file program)
  (goto-char (point-min))
  (search-forward "#@ here")
  (dap-breakpoint-add)
  (dap-debug (list :type "execorder" :request "launch" :name "test" :program program))
  (wait-for "the breakpoint" (lambda () (> stops 0)))
  (let ((session (dap--cur-session)))
    (wait-for "the thread" (lambda () (dap--debug-session-thread-id session)))
    (say "%s" (place session))
    (stopped session #'dap-next)
    (stopped session (lambda (it) (ask it "evaluate" (list :expression ".back" :context "repl"))))
    (let ((answer (ask session "evaluate" (list :expression "total" :context "watch"))))
      (say "total = %s" (gethash "result" (gethash "body" answer))))
    (stopped session (lambda (it) (dap--step "stepBack" it) (dap--resume-application it)))
    (dap-disconnect session)
    (wait-for "the end" (lambda () (not (process-live-p (dap--debug-session-proc session)))))
    (say "the adapter has ended")))
