using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class TurnConfiguration : IEntityTypeConfiguration<Turn>
{
    public void Configure(EntityTypeBuilder<Turn> builder)
    {
        builder.HasIndex(t => new { t.ConversationId, t.ClientRequestId }).IsUnique();
        // First messages have no parent: within a conversation they are found by the second column.
        builder.HasIndex(t => new { t.ParentRunId, t.ConversationId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(t => t.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
