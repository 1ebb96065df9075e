using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing;
using CsCheck;

namespace BlazorAgents.Runs.Tests;

public sealed class RunViewTests
{
    private enum Change
    {
        NewText,
        Append,
        NewTool,
        FinishTool,
        Close,
        State,
    }

    [Fact]
    public void Reader_FromAnyVersionAtAnyPace_MissesNothing() =>
        Property.HoldsFor(Gen.Select(Gen.Enum<Change>().Array[1, 60], Gen.Bool.Array[60]), value =>
        {
            var (changes, looks) = value;
            var view = NewView();
            var fromStart = new Reader(view);
            var late = new List<Reader>();
            for (var i = 0; i < changes.Length; i++)
            {
                Apply(view, changes[i], i);
                if (looks[i])
                {
                    fromStart.Look();
                    late.ForEach(reader => reader.Look());
                    late.Add(new Reader(view));
                }
            }

            foreach (var reader in late.Append(fromStart))
            {
                reader.Look();
                reader.AssertUpToDate();
            }
        });

    [Fact]
    public async Task Readers_OnOtherThreadsWhileTextStreams_EndWithTheWholeText()
    {
        var view = NewView();
        var readers = Enumerable.Range(0, 4).Select(_ => ReadToTheEndAsync(view)).ToList();
        await Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                Apply(view, i % 500 == 0 ? Change.NewText : Change.Append, i);
            }

            view.Set(view.State with { Status = RunStatus.Completed });
        });

        foreach (var reader in await Task.WhenAll(readers).WaitAsync(Waiting.Patience))
        {
            reader.AssertUpToDate();
        }
    }

    [Fact]
    public void Append_Token_AllocatesHardlyMoreThanItsCharacters()
    {
        const int Tokens = 100_000;
        var view = NewView();
        var item = new RunItem(Guid.NewGuid(), 0, RunItemKind.Text, isOpen: true);
        view.Add(item);
        using var reader = view.Subscribe(() => { });
        view.Append(item, "token ");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Tokens; i++)
        {
            view.Append(item, "token ");
        }

        // Two bytes for each character, and the string builder's chunks around them.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Tokens, 12, 16);
    }

    [Fact]
    public void Subscribe_Disposed_LeavesNothingBehind()
    {
        var view = NewView();
        var calls = 0;
        void Count() => calls++;
        var (first, second) = (view.Subscribe(Count), view.Subscribe(Count));

        view.Set(view.State);
        first.Dispose();
        first.Dispose();
        view.Set(view.State);
        second.Dispose();
        view.Set(view.State);

        Assert.Equal((3, 0), (calls, view.SubscriberCount));
    }

    private static RunView NewView() =>
        new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), new RunState { Status = RunStatus.Running }, []);

    private static void Apply(RunView view, Change change, int i)
    {
        var open = view.Items.LastOrDefault(item => item.IsOpen);
        var tool = view.Items.LastOrDefault(item => item.Tool is { Outcome: null });
        switch (change)
        {
            case Change.NewText:
                view.Add(new RunItem(Guid.NewGuid(), view.Items.Count, RunItemKind.Text, isOpen: true));
                break;
            case Change.Append when open is not null:
                view.Append(open, $"{i} ");
                break;
            case Change.NewTool:
                view.Add(new RunItem(Guid.NewGuid(), view.Items.Count, RunItemKind.ToolCall, tool: new ToolCallState($"{i}", "tool", "{}", default)));
                break;
            case Change.FinishTool when tool is not null:
                view.Set(tool, tool.Tool! with { Outcome = ToolOutcome.Succeeded, Result = $"{i}" });
                break;
            case Change.Close when open is not null:
                view.SetOpen(open, false);
                break;
            default:
                view.Set(view.State with { InputTokens = i });
                break;
        }
    }

    private static async Task<Reader> ReadToTheEndAsync(RunView view)
    {
        var reader = new Reader(view);
        using var changed = new SemaphoreSlim(0);
        using var subscription = view.Subscribe(() => changed.Release());
        while (reader.Look().IsActive)
        {
            await changed.WaitAsync(Waiting.Patience);
        }

        return reader;
    }

    /// <summary>A page: it asks for what changed since the version that it saw, and keeps what it drew.</summary>
    private sealed class Reader(RunView view)
    {
        private readonly Dictionary<Guid, (string Text, ToolCallState? Tool, bool IsOpen)> _drawn = [];
        private long _version;

        public RunState Look()
        {
            var state = view.State;
            var version = view.Version;
            foreach (var item in view.ItemsChangedSince(_version))
            {
                _drawn[item.Id] = (item.Text, item.Tool, item.IsOpen);
            }

            _version = version;
            return state;
        }

        public void AssertUpToDate()
        {
            Assert.Equal(view.Items.Count, _drawn.Count);
            Assert.All(view.Items, item => Assert.Equal((item.Text, item.Tool, item.IsOpen), _drawn[item.Id]));
        }
    }
}
