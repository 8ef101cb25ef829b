import type { Argv, CommandModule } from 'yargs';

const shells = ['bash', 'zsh', 'fish'] as const;

interface CompletionArguments {
  shell: (typeof shells)[number];
}

/** Each script passes the words up to the cursor to `waybill --complete`, and offers what it prints, or else paths. */
const scripts: Readonly<Record<CompletionArguments['shell'], string>> = {
  bash: `# In ~/.bashrc: source <(waybill completion bash)
_waybill() {
  mapfile -t COMPREPLY < <(compgen -W "$(waybill --complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _waybill waybill
`,
  zsh: `# In ~/.zshrc, after compinit: source <(waybill completion zsh)
_waybill() {
  local -a names
  names=("\${(@f)$(waybill --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a names
  _files
}
compdef _waybill waybill
`,
  fish: `# In ~/.config/fish/config.fish: waybill completion fish | source
complete -c waybill -a '(waybill --complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};

/** `waybill completion`: prints a script that makes a shell complete commands, options, pipelines and runs. */
export const completionCommand: CommandModule<object, CompletionArguments> = {
  command: 'completion <shell>',
  describe: 'Print the script that makes a shell complete commands, options, pipelines and runs',
  builder: (yargs) =>
    yargs.positional('shell', {
      choices: shells,
      demandOption: true,
      describe: 'The script names the line to add to the settings of the shell',
    }) as unknown as Argv<CompletionArguments>,
  handler: ({ shell }) => void process.stdout.write(scripts[shell]),
};
