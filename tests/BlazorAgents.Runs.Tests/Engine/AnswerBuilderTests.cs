using BlazorAgents.Agents;
using BlazorAgents.Data;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class AnswerBuilderTests
{
    private static readonly Run s_run = new() { Id = Guid.NewGuid(), ConversationId = Guid.NewGuid(), TurnId = Guid.NewGuid(), AgentId = "assistant" };

    private readonly AnswerBuilder _answer = new(
        new RunClaim(s_run, "user", "Hello", ParentRunId: null, []), ItemProjection.ToView(s_run, []), TimeProvider.System);

    [Fact]
    public void Append_Token_AllocatesHardlyMoreThanItsCharacters()
    {
        const int Tokens = 100_000;
        _answer.Append(RunItemKind.Text, "token ");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Tokens; i++)
        {
            _answer.Append(RunItemKind.Text, "token ");
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Tokens, 12, 16);
    }

    [Fact]
    public void Stage_TextGrowsWhileItIsSaved_IsStagedAgain()
    {
        _answer.Append(RunItemKind.Text, "One ");
        var first = _answer.Stage();
        _answer.Append(RunItemKind.Text, "two");
        _answer.Saved(first);

        var second = _answer.Stage();
        Assert.Equal(["One ", "One two"], new[] { first, second }.Select(s => Content(s.Rows.Single())));
        Assert.Equal(first.Rows[0].Id, second.Rows[0].Id);
        _answer.Saved(second);
        Assert.False(_answer.HasUnsaved);
    }

    [Fact]
    public void Stage_SaveFailed_KeepsEverythingForTheNext()
    {
        _answer.Append(RunItemKind.Text, "One");
        _answer.Stage();
        _answer.StartCall(new AgentUpdate.ToolCallStarted("call_1", "tool", "{}"));
        _answer.Append(RunItemKind.Text, "Two");

        Assert.Equal([ItemKind.Text, ItemKind.FunctionCall, ItemKind.Text], _answer.Stage().Rows.Select(r => r.Kind));
        Assert.Equal([true, true, false], _answer.Stage().Rows.Select(r => r.IsComplete));
        Assert.Equal([0, 1, 2], _answer.Stage().Rows.Select(r => r.Seq));
    }

    [Fact]
    public void Saved_TextClosedMeanwhile_IsStagedAsComplete()
    {
        _answer.Append(RunItemKind.Text, "One");
        var staged = _answer.Stage();
        _answer.End();
        _answer.Saved(staged);

        Assert.True(_answer.Stage().Rows.Single().IsComplete);
    }

    private static string Content(ConversationItem row) => Assert.IsType<ItemPayload.Text>(ItemPayload.FromJson(row.Payload)).Content;
}
