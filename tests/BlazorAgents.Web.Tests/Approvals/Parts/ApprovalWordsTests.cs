using BlazorAgents.Data;
using BlazorAgents.Web.Features.Approvals.Parts;

namespace BlazorAgents.Web.Tests.Approvals.Parts;

/// <summary>Ends and decisions in words.</summary>
public sealed class ApprovalWordsTests
{
    [Theory]
    [InlineData(ApprovalState.Pending, null)]
    [InlineData(ApprovalState.Approved, "Approved, by Cat.")]
    [InlineData(ApprovalState.Executed, "Approved and done, by Cat.")]
    [InlineData(ApprovalState.Failed, "Approved, but it failed, by Cat.")]
    [InlineData(ApprovalState.Rejected, "Rejected, by Cat.")]
    [InlineData(ApprovalState.Expired, "Expired. Nobody decided.")]
    [InlineData(ApprovalState.Cancelled, "Withdrawn. Nobody decided.")]
    [InlineData(ApprovalState.Superseded, "Replaced. Nobody decided.")]
    public void Outcome_OfEachState_IsASentence(ApprovalState state, string? words) =>
        Assert.Equal(words, ApprovalWords.Outcome(state, "Cat", "Nobody decided."));

    // A time limit, a stop and a silent provider lead here as well as a server that was killed.
    [Fact]
    public void Outcome_Unknown_NamesNoCauseAndSaysWhatToDo()
    {
        var words = ApprovalWords.Outcome(ApprovalState.Unknown, "Cat", cause: null)!;

        Assert.Contains("it may have run to its end or not", words, StringComparison.Ordinal);
        Assert.Contains("Look at what it did before you ask for it again.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("server", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Outcome_AnsweredInstead_IsNoRejection()
    {
        Assert.Equal("Answered in its place", ApprovalWords.State(ApprovalState.Rejected, isAnswered: true));
        Assert.Equal("Answered in its place, by Cat.", ApprovalWords.Outcome(ApprovalState.Rejected, "Cat", cause: null, isAnswered: true));
    }
}
