using System.Text.Json;
using OpenAI.Containers;
using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Responses;

public sealed class CodeInterpreterTests
{
    [Theory]
    [InlineData("print(2 + 3 * 4, 7 // 2, -7 // 2, 7 % 3, -7 % 3, 2 ** 10, 7 / 2)", "14 3 -4 1 2 1024 3.5\n")]
    [InlineData("print(2 ** 100)\nprint(10 ** -2, 0.1 + 0.2, 1e20, 1.0)", "1267650600228229401496703205376\n0.01 0.30000000000000004 1e+20 1.0\n")]
    [InlineData("x = 5\nx += 2\nif x > 6 and not x == 8:\n    print('big')\nelif x:\n    print('some')\nelse:\n    print('none')", "big\n")]
    [InlineData("total = 0\nfor i in range(1, 11):\n    if i % 2:\n        continue\n    if i > 8:\n        break\n    total += i\nprint(total)", "20\n")]
    [InlineData("def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)\nprint(fact(20))", "2432902008176640000\n")]
    [InlineData("words = 'the quick brown fox'.split()\nprint([w.upper() for w in words if len(w) > 3], words[-1], words[1:3], 'fox'[::-1])", "['QUICK', 'BROWN'] fox ['quick', 'brown'] xof\n")]
    [InlineData("d = {'a': 1, 'b': 2.5}\nd['c'] = None\nfor k, v in d.items():\n    print(f'{k}={v}')\nprint(d, len(d), 'a' in d)", "a=1\nb=2.5\nc=None\n{'a': 1, 'b': 2.5, 'c': None} 3 True\n")]
    [InlineData("print(f'{3.14159:.2f}|{1234567:,}|{0.256:.1%}|{7:>4}|{\"x\":<3}|{5:03d}|{2 + 2 = }')", "3.14|1,234,567|25.6%|   7|x  |005|2 + 2 = 4\n")]
    [InlineData("a, b = 1, 2\na, b = b, a\nprint(a, b, sep='-', end='!\\n')", "2-1!\n")]
    [InlineData("import math\nfrom statistics import mean, median\nprint(math.factorial(10), round(math.pi, 4), math.sqrt(16), mean([1, 2, 3, 4]), median([3, 1, 2]))", "3628800 3.1416 4.0 2.5 2\n")]
    [InlineData("print(sorted([3, 1, 2], reverse=True), sorted(['bb', 'a'], key=len), max(3, 9, 4), sum([1, 2.5]), min([], default=0))", "[3, 2, 1] ['a', 'bb'] 9 3.5 0\n")]
    [InlineData("print(list(map(lambda x: x * 2, [1, 2])), list(zip([1, 2], 'ab')), list(enumerate(['x'])), all([]), any([0, 1]))", "[2, 4] [(1, 'a'), (2, 'b')] [(0, 'x')] True True\n")]
    [InlineData("print(1 < 2 < 3, 1 == 1.0, None is None, 'a' < 'b', [1, 2] == [1, 2], 3 not in [1, 2])", "True True True True True True\n")]
    public async Task Program_Runs_AsPythonWould(string code, string expected)
    {
        await using var sdk = await SdkClient.StartAsync();

        Assert.Equal(expected, Logs(await RunAsync(sdk, code)));
    }

    [Theory]
    [InlineData("print(nothing)", "NameError: name 'nothing' is not defined\n")]
    [InlineData("print(1)\nprint(1 / 0)", "1\nZeroDivisionError: division by zero\n")]
    [InlineData("print([1][5])", "IndexError: list index out of range\n")]
    [InlineData("while True:\n    pass", "TimeoutError: the offline demo's small Python stopped the program: too many steps\n")]
    [InlineData("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError: maximum recursion depth exceeded\n")]
    [InlineData("x = 9 ** 9 ** 9", "OverflowError: the number is too large for the offline demo's small Python\n")]
    [InlineData("x = [0]\nwhile True:\n    x = x + x", "TimeoutError: the offline demo's small Python stopped the program: too many steps\n")]
    [InlineData("x = 'a' * 10 ** 9", "MemoryError: the result is too large\n")]
    [InlineData("x = []\nx.append(x)\ny = []\ny.append(y)\nprint(x == y)", "RecursionError: maximum recursion depth exceeded\n")]
    [InlineData("x = [1]\ny = [1]\nfor i in range(60):\n    x = [x, x]\n    y = [y, y]\nprint(x == y)", "TimeoutError: the offline demo's small Python stopped the program: too many steps\n")]
    [InlineData("x = 'a'\nfor i in range(40):\n    x = f'{x}{x}'", "TimeoutError: the offline demo's small Python stopped the program: too many steps\n")]
    [InlineData("x = 'a' * 40000\nx = x.replace('a', x)", "MemoryError: the text is too long\n")]
    [InlineData("print(['a' * 1000000] * 1000)", "MemoryError: the text is too long\n")]
    [InlineData("x = list(range(1000))\ny = []\nwhile True:\n    y.append(x[:])", "TimeoutError: the offline demo's small Python stopped the program: too many steps\n")]
    [InlineData("import os", "ModuleNotFoundError: No module named 'os' in the offline demo's small Python (it has math, statistics, csv and matplotlib.pyplot)\n")]
    [InlineData("print(open('/etc/passwd').read())", "PermissionError: [Errno 13] Permission denied: '/etc/passwd'\n")]
    [InlineData("print(open('../secret').read())", "PermissionError: [Errno 13] Permission denied: '../secret'\n")]
    [InlineData("print('a' + 1)", "TypeError: unsupported operand type(s) for +: 'str' and 'int'\n")]
    [InlineData("if True:\nprint(1)", "IndentationError: expected an indented block (line 2)\n")]
    [InlineData("print((1", "SyntaxError: expected ')' (line 1)\n")]
    [InlineData("().__class__", "AttributeError: 'tuple' object has no attribute '__class__'\n")]
    public async Task Program_ThatFails_SaysWhatPythonSays(string code, string expected)
    {
        await using var sdk = await SdkClient.StartAsync();

        Assert.Equal(expected, Logs(await RunAsync(sdk, code)));
    }

    [Fact]
    public async Task Program_NestedTooDeep_IsAnErrorAndNoCrash()
    {
        await using var sdk = await SdkClient.StartAsync();

        var logs = Logs(await RunAsync(sdk, "x = " + new string('(', 6000) + "1" + new string(')', 5000)));

        Assert.EndsWith("\n", logs, StringComparison.Ordinal);
        Assert.Contains("Error", logs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What are the first 10 Fibonacci numbers?", "[0, 1, 1, 2, 3, 5, 8, 13, 21, 34]\n")]
    [InlineData("Show me the first 5 prime numbers", "[2, 3, 5, 7, 11]\n")]
    [InlineData("What is the factorial of 20?", "2432902008176640000\n")]
    [InlineData("What is 12 * 7?", "84\n")]
    [InlineData("Give me statistics of [1, 2, 3, 4]", "Count: 4\nMean: 2.5\nMedian: 2.5\nStandard deviation: 1.29\n")]
    public async Task Question_OfNumbers_IsAnsweredByRunningCode(string question, string logs)
    {
        await using var sdk = await SdkClient.StartAsync();
        var ask = SdkClient.Ask(question, Tool());
        ask.IncludedProperties.Add(IncludedResponseProperty.CodeInterpreterCallOutputs);

        var response = await sdk.CreateAsync(ask);

        Assert.Equal(logs, Logs(response));
        Assert.NotEmpty(response.GetOutputText());
    }

    [Fact]
    public async Task Call_Streamed_SendsCodeAndStates()
    {
        await using var sdk = await SdkClient.StartAsync();

        var updates = await sdk.StreamAsync(SdkClient.Ask("What is 12 * 7?", Tool()));

        var kinds = updates.Select(update => update.Kind.ToString()).Distinct().ToList();
        Assert.Equal(
            ["response.created", "response.in_progress", "response.output_item.added", "response.code_interpreter_call.in_progress", "response.code_interpreter_call_code.delta",
             "response.code_interpreter_call_code.done", "response.code_interpreter_call.interpreting", "response.code_interpreter_call.completed", "response.output_item.done",
             "response.content_part.added"], kinds.Take(10));
        Assert.Equal("print(12 * 7)", string.Concat(updates.OfType<StreamingResponseCodeInterpreterCallCodeDeltaUpdate>().Select(update => update.Delta)));
        var call = Assert.IsType<CodeInterpreterCallResponseItem>(((StreamingResponseCompletedUpdate)updates[^1]).Response.OutputItems[0]);
        Assert.Equal("print(12 * 7)", call.Code);
        Assert.StartsWith("cntr_", call.ContainerId, StringComparison.Ordinal);
        Assert.Empty(call.Outputs ?? []);
    }

    [Fact]
    public async Task Files_Written_AreCitedAndDownloaded()
    {
        await using var sdk = await SdkClient.StartAsync();
        var code = "import csv\nwith open('sales.csv', 'w') as file:\n    writer = csv.writer(file)\n    writer.writerow(['name', 'value'])\n    writer.writerows([['a, b', 1], ['c', 2]])\nprint('written')";

        var response = await RunAsync(sdk, code);

        var message = response.OutputItems.OfType<MessageResponseItem>().Single();
        var part = message.Content[0];
        var citation = Assert.IsType<ContainerFileCitationMessageAnnotation>(Assert.Single(part.OutputTextAnnotations));
        Assert.Equal("sandbox:/mnt/data/sales.csv", part.Text[citation.StartIndex..citation.EndIndex]);
        BinaryData content = await sdk.Containers.DownloadContainerFileAsync(citation.ContainerId, citation.FileId);
        Assert.Equal("name,value\n\"a, b\",1\nc,2\n", content.ToString());
        ContainerFileResource file = await sdk.Containers.GetContainerFileAsync(citation.ContainerId, citation.FileId);
        Assert.Equal("/mnt/data/sales.csv", file.Path);
        Assert.Equal("assistant", file.Source);
    }

    [Fact]
    public async Task Chart_Plotted_IsAPicture()
    {
        await using var sdk = await SdkClient.StartAsync();

        var response = await sdk.CreateAsync(SdkClient.Ask("Plot a chart of [1, 4, 9, 16]", Tool()));

        var citation = Assert.IsType<ContainerFileCitationMessageAnnotation>(Assert.Single(response.OutputItems.OfType<MessageResponseItem>().Single().Content[0].OutputTextAnnotations));
        Assert.Equal("plot.png", citation.Filename);
        BinaryData content = await sdk.Containers.DownloadContainerFileAsync(citation.ContainerId, citation.FileId);
        Assert.Equal((640, 400), PngFile.Size(content.ToArray()));
    }

    [Fact]
    public async Task Container_OfTheClient_KeepsFilesFromCallToCall()
    {
        await using var sdk = await SdkClient.StartAsync();
        ContainerResource container = await sdk.Containers.CreateContainerAsync(new ContainerCreationOptions("mine"));

        await RunAsync(sdk, "with open('note.txt', 'w') as f:\n    f.write('remember')", container.Id);
        var second = await RunAsync(sdk, "print(open('/mnt/data/note.txt').read())", container.Id);

        Assert.Equal("remember\n", Logs(second));
    }

    private static CodeInterpreterTool Tool(string? container = null) => ResponseTool.CreateCodeInterpreterTool(
        container is null ? new CodeInterpreterToolContainer(CodeInterpreterToolContainerConfiguration.CreateAutomaticContainerConfiguration()) : new CodeInterpreterToolContainer(container));

    private static Task<ResponseResult> RunAsync(SdkClient sdk, string code, string? container = null)
    {
        var ask = SdkClient.Ask($"Run this Python code:\n```python\n{code}\n```", Tool(container));
        ask.IncludedProperties.Add(IncludedResponseProperty.CodeInterpreterCallOutputs);
        return sdk.CreateAsync(ask);
    }

    private static string Logs(ResponseResult response) => string.Concat(response.OutputItems.OfType<CodeInterpreterCallResponseItem>().Single().Outputs.OfType<CodeInterpreterCallLogsOutput>().Select(output => output.Logs));
}
