using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What a transaction did to requests and rules; <see cref="ApprovalService.Publish"/> follows its commit.</summary>
internal sealed class ApprovalChanges
{
    private readonly List<ApprovalNews> _news = [];
    private readonly List<Guid> _runs = [];

    public IReadOnlyList<ApprovalNews> News => _news;

    /// <summary>Runs that were queued again.</summary>
    public IReadOnlyList<Guid> Runs => _runs;

    /// <summary>A rule's use was taken: whoever read the rules before the commit read the old count.</summary>
    public bool HasUsedRule { get; set; }

    public void Add(Approval approval, ApprovalState state) =>
        _news.Add(new ApprovalNews(approval.Id, approval.ConversationId, approval.RequesterId, state));

    public void AddRun(Guid runId) => _runs.Add(runId);
}
