"""Prints flags of commands of the AWS CLI as JSON, out of the tables that it parses with itself.

Its help is prose that runs through groff; it is made of these tables. Arguments: `aws ecr describe-images`, …
"""

import json
import sys

from awscli.clidriver import create_clidriver

# Says what version 2 would do otherwise: version 1 alone has it.
ONLY_HERE = ["v2-debug"]


def read(name, argument):
    """A flag as table.ts has it."""
    flag = {"name": f"--{name}"}
    if argument.cli_type_name == "list":
        flag["takes"] = "VALUES"
    elif argument.cli_type_name != "boolean" and name != "version":
        flag["takes"] = "VALUE"
    if argument.required:
        flag["required"] = True
    return flag


def flags(table):
    return [read(name, argument) for name, argument in table.items() if name not in ONLY_HERE]


aws = create_clidriver().create_help_command()
everywhere = flags(aws.arg_table)
commands = {"aws": everywhere}
for words in sys.argv[1:]:
    _, service, operation = words.split(" ")
    command = aws.command_table[service].create_help_command().command_table[operation]
    commands[words] = flags(command.arg_table) + everywhere
print(json.dumps(commands))
